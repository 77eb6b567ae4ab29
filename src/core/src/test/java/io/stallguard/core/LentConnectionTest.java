package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.LentConnection;
import io.stallguard.core.wire.NothingDoneException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LentConnectionTest {
  private final Guard guard = new Rig("idle=1s").open();

  @Test
  void isClosedOnceByWhoeverComesFirst() throws Exception {
    Connection first = new Connection();
    first.close();
    first.abort(guard);

    Connection second = new Connection();
    second.abort(guard);
    second.abort(guard);
    second.close();

    assertThat(first.closes).isEqualTo(1);
    assertThat(second.closes).isEqualTo(1);
  }

  @Test
  void aReaderDoesNotWaitForAnAbortThatHangs() throws Exception {
    Connection connection = new Connection();
    connection.held = new CountDownLatch(1);
    CompletableFuture<Void> abort = CompletableFuture.runAsync(() -> aborted(connection));
    connection.closing.await();

    connection.close();

    assertThat(connection.isOpen()).isFalse();
    assertThat(connection.closes).isEqualTo(1);
    connection.held.countDown();
    abort.get();
  }

  private void aborted(Connection connection) {
    try {
      connection.abort(guard);
    } catch (IOException | NothingDoneException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tellsThatItDoesNotClose() {
    Connection connection = new Connection();
    connection.deaf = true;

    assertThatThrownBy(() -> connection.abort(guard)).isInstanceOf(NothingDoneException.class);
    assertThatThrownBy(() -> connection.escalate(guard)).isInstanceOf(NothingDoneException.class);
  }

  /** Whose socket is not to be had. */
  private static final class Connection extends LentConnection {
    final CountDownLatch closing = new CountDownLatch(1);
    volatile CountDownLatch held = new CountDownLatch(0);
    volatile boolean open = true;
    volatile int closes;
    boolean deaf;

    Connection() {
      super(null);
    }

    @Override
    protected boolean isOpen() {
      return open;
    }

    @Override
    protected synchronized void shutDown() throws IOException {
      open = deaf;
      closes++;
      closing.countDown();
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
