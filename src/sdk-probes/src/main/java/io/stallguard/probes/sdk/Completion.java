package io.stallguard.probes.sdk;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The end of an answer that comes to a callback, for the thread that waits for it. */
final class Completion {
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  void complete() {
    end.complete(null);
  }

  void fail(Throwable failure) {
    end.completeExceptionally(failure);
  }

  void end(Optional<Throwable> failure) {
    failure.ifPresentOrElse(this::fail, this::complete);
  }

  /** Throws what the callback was told. */
  void await() throws Exception {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }
}
