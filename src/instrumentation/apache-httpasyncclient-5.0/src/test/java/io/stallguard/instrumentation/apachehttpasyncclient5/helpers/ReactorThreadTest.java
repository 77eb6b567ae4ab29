package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import org.apache.hc.core5.http.EndpointDetails;
import org.junit.jupiter.api.Test;

class ReactorThreadTest {
  private final Closing carrier = new Closing();

  @Test
  void closesAConnectionOnceItHasDied() throws Exception {
    FutureTask<ReactorThread> made = new FutureTask<>(ReactorThread::current);
    Thread thread = new Thread(made);
    thread.start();
    thread.join();

    assertThat(made.get().closesIfDead(carrier)).isTrue();
    assertThat(carrier.closed).isTrue();
  }

  @Test
  void leavesAConnectionToItselfWhileItLives() throws Exception {
    assertThat(ReactorThread.current().closesIfDead(carrier)).isFalse();
    assertThat(carrier.closed).isFalse();
  }

  private static final class Closing implements Carrier {
    private boolean closed;

    @Override
    public String protocol() {
      return "HTTP/2";
    }

    @Override
    public EndpointDetails connection() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public boolean end() {
      return true;
    }

    @Override
    public void closeWithoutReactor() {
      closed = true;
    }

    @Override
    public void wake() {}
  }
}
