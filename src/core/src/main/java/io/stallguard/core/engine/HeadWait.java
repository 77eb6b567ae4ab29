package io.stallguard.core.engine;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A wait for a response head: takes what came of it, and gives what the app is to see. The thread
 * that waits.
 */
public final class HeadWait implements UnaryOperator<@Nullable Object> {
  private final Guard guard;

  private HeadWait(Guard guard) {
    this.guard = guard;
  }

  /** Begins the wait. By the thread that waits. */
  public static HeadWait begin(Guard guard) {
    guard.awaiting();
    return new HeadWait(guard);
  }

  /**
   * The wait is over.
   *
   * @param thrown what the client threw, or null if the head is there
   */
  @Override
  public @Nullable Object apply(@Nullable Object thrown) {
    return guard.finished() ? thrown : guard.stallException((Throwable) thrown);
  }
}
