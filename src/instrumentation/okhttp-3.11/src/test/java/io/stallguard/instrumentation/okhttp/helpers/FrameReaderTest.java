package io.stallguard.instrumentation.okhttp.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A reader that is there is not taken for one that has ended, whatever it is doing. */
class FrameReaderTest {
  private final Connection connection = new Connection("example.com");

  @Test
  void oneThatReadsHasNotEnded() throws Exception {
    Thread thread = started("OkHttp example.com");

    assertThat(new FrameReader().hasEnded(connection)).isFalse();

    connection.readerRunnable.end.countDown();
    thread.join();
    assertThat(new FrameReader().hasEnded(connection)).isTrue();
  }

  @Test
  void thatOfAnotherConnectionIsNotTakenForIt() throws Exception {
    Thread thread = started("OkHttp example.org");

    assertThat(new FrameReader().hasEnded(connection)).isTrue();

    connection.readerRunnable.end.countDown();
    thread.join();
  }

  @Test
  void whatCannotBeToldHasNotEnded() {
    assertThat(new FrameReader().hasEnded(new Object())).isFalse();
    assertThat(new FrameReader().hasEnded(new Connection(null))).isFalse();
  }

  private Thread started(String name) throws InterruptedException {
    Thread thread = new Thread(connection.readerRunnable, name);
    thread.setDaemon(true);
    thread.start();
    assertThat(connection.readerRunnable.begun.await(30, TimeUnit.SECONDS)).isTrue();
    return thread;
  }

  /** Has what is looked at of OkHttp's. */
  private static final class Connection {
    final Reader readerRunnable = new Reader();
    final String connectionName;

    Connection(String connectionName) {
      this.connectionName = connectionName;
    }
  }

  private static final class Reader implements Runnable {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void run() {
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
