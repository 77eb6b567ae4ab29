package io.stallguard.probes;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Asks for one piece, and for the next one when it is done with it on a thread of its own. */
final class OneAtATime5 implements Subscriber<ByteBuffer> {
  private final Received received;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  OneAtATime5(Received received) {
    this.received = received;
  }

  void await() throws InterruptedException, ExecutionException {
    try {
      done.get();
    } finally {
      worker.shutdown();
    }
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(ByteBuffer piece) {
    worker.execute(
        () -> {
          received.add(piece);
          received.pause();
          Subscription given = subscription;
          if (given != null) {
            given.request(1);
          }
        });
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  /** After what is still being worked on. */
  @Override
  public void onComplete() {
    worker.execute(() -> done.complete(true));
  }
}
