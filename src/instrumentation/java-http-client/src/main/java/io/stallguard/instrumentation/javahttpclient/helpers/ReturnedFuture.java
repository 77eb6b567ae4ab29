package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.callbacks.Telling;
import io.stallguard.core.engine.Guard;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What an app was given for an exchange, and waits for or has its callbacks hang on. Any thread.
 */
final class ReturnedFuture {
  // Between it and what the client completes lies a task of the JDK's common pool, which code of
  // the app may keep busy.

  private volatile @Nullable CompletableFuture<?> future;
  private @Nullable Telling telling;

  /** Notes the future that the app is given. */
  void is(CompletableFuture<?> returned) {
    future = returned;
  }

  /** Whether the app has been told, or has ended it itself. */
  boolean isDone() {
    CompletableFuture<?> given = future;
    return given != null && given.isDone();
  }

  /** Notes that the app has the end of an exchange that is over by decision, once it has. */
  void noteRelease(Guard decided) {
    CompletableFuture<?> given = future;
    if (given == null) {
      decided.released();
    } else {
      CompletableFuture<?> unused = given.whenComplete((answer, thrown) -> decided.released());
    }
  }

  /**
   * Has the app's future fail on a thread of ours if the client's failure does not come to it in
   * time. Threads of ours only; may be asked again.
   */
  void fail(Throwable failure, AppWorld world, AppCallbacks callbacks) {
    Telling due = telling(failure);
    if (due != null) {
      callbacks.tell(due, world, null);
    }
  }

  private synchronized @Nullable Telling telling(Throwable failure) {
    CompletableFuture<?> given = future;
    if (given == null || given.isDone()) {
      return null;
    }
    Telling made = telling;
    if (made == null) {
      Telling due = new Telling(() -> () -> complete(given, failure));
      CompletableFuture<?> unused = given.whenComplete((answer, thrown) -> due.drop());
      telling = due;
      made = due;
    }
    return made;
  }

  /**
   * Completes the future in the form in which a failure would have come from what it depends on.
   */
  private static void complete(CompletableFuture<?> given, Throwable failure) {
    boolean unused = given.completeExceptionally(new CompletionException(failure));
  }
}
