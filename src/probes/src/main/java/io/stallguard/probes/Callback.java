package io.stallguard.probes;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/**
 * An app's callback that is told of a failure: {@code +world} looks around, {@code +block} does and
 * then blocks until it is released, {@code +retry} sends another request and waits for its answer;
 * {@code +future}: there is none, {@code +both}: it blocks, {@code +consumer}: a consumer in its
 * place blocks, and the app waits for the client's future.
 */
final class Callback {
  /** The form of a job that lets all go that block. */
  static final String RELEASE = "release";

  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Job job;
  private final String act;

  Callback(Job job) {
    this.job = job;
    this.act = job.form().substring(job.form().indexOf('+') + 1);
  }

  boolean isOfConsumer() {
    return act.equals("consumer");
  }

  boolean isThere() {
    return !act.equals("future") && !isOfConsumer();
  }

  /** Whether the app waits for what its client returned, and not for what the callback is told. */
  boolean isFutureAwaited() {
    return !isThere() || act.equals("both");
  }

  static void release() {
    RELEASED.countDown();
  }

  /** The way of using the client. */
  static String use(Job job) {
    return job.form().substring(0, job.form().indexOf('+'));
  }

  /**
   * Tells clients apart: one whose thread is blocked reads nothing for its other streams, so nobody
   * can say that these are silent.
   */
  static String client(Job job) {
    boolean blocks = job.form().matches(".*\\+(block|both|consumer)");
    return use(job) + (blocks ? job.id() : "");
  }

  /** Called by the client. */
  void told(Throwable failure) {
    String seen = Deployment.seen();
    if (act.equals("retry")) {
      done.completeExceptionally(new IllegalStateException("retried", retry()));
      return;
    }
    done.completeExceptionally(new IllegalStateException(seen, failure));
    if (act.equals("block") || isFutureAwaited()) {
      block();
    }
  }

  private static void block() {
    try {
      RELEASED.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Throwable retry() {
    try {
      HttpURLConnection connection = (HttpURLConnection) new URL(job.url()).openConnection();
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.getOutputStream().write('1');
      try (InputStream in = connection.getInputStream()) {
        int read;
        do {
          read = in.read();
        } while (read >= 0);
      }
      return new IllegalStateException("the answer came to its end");
    } catch (Exception e) {
      return e;
    }
  }

  void ended() {
    done.complete(null);
  }

  /** Throws what the callback saw, with what it was told as the cause; or what the future holds. */
  void await(Future<?> future) throws Exception {
    Futures.await(isFutureAwaited() ? future : done);
  }

  /** Throws what the callback saw, with what it was told as the cause. */
  void await() throws Exception {
    Futures.await(done);
  }
}
