package io.stallguard.probes;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what callbacks tell. */
final class Futures {
  private Futures() {}

  /** Throws what the callback was told, as it was told. */
  static void await(Future<?> done) throws Exception {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }
}
