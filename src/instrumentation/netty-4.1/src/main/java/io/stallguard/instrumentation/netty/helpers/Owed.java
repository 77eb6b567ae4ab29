package io.stallguard.instrumentation.netty.helpers;

import io.stallguard.core.engine.Guard;
import org.jspecify.annotations.Nullable;

/** What is still to be done of an exchange that is over by decision. Event loop only. */
final class Owed {
  private final Guard guard;
  private final @Nullable Throwable failure;
  private final AwsTelling.@Nullable Exchange aws;

  /**
   * Made before anything is done, as this takes memory.
   *
   * @param failure null for an end
   * @param aws where the client is one that may fail to tell of it
   */
  Owed(Guard guard, @Nullable Throwable failure, AwsTelling.@Nullable Exchange aws) {
    this.guard = guard;
    this.failure = failure;
    this.aws = aws;
  }

  boolean isOf(Guard other) {
    return guard == other;
  }

  /** Has the client tell what it has not told. */
  void tellAgain() {
    if (aws != null && failure != null) {
      aws.repeat(failure);
    }
  }

  /** Notes that nobody waits any more, if that is so. */
  boolean isDone() {
    boolean done = failure == null || aws == null || aws.isTold();
    if (done) {
      guard.released();
    }
    return done;
  }
}
