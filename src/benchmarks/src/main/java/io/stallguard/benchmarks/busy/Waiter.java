package io.stallguard.benchmarks.busy;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A thread that waits through one silence. */
final class Waiter extends Thread {
  private final Wait wait;
  private final SilentServer server;
  private final long limitNanos;
  private volatile long silenceNanos;
  private volatile @Nullable Exception unexpected;

  private Waiter(Wait wait, SilentServer server, long limitNanos) {
    super(wait.name());
    this.wait = wait;
    this.server = server;
    this.limitNanos = limitNanos;
  }

  static Waiter start(Wait wait, SilentServer server, long limitNanos) {
    Waiter waiter = new Waiter(wait, server, limitNanos);
    waiter.start();
    return waiter;
  }

  @Override
  public void run() {
    try {
      silenceNanos = wait.through(server, limitNanos);
    } catch (IOException | InterruptedException | TimeoutException e) {
      unexpected = e;
    }
  }

  /** How long its silence was, once it has ended. */
  long awaitSilence() throws InterruptedException {
    join();
    if (unexpected != null) {
      throw new IllegalStateException(wait.shown(), unexpected);
    }
    return silenceNanos;
  }
}
