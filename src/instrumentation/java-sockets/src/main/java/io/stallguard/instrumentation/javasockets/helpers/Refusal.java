package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.Guard;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes the place of a read that is not to be: the stream was declared stalled before it. */
final class Refusal
    implements Supplier<@Nullable Throwable>,
        IntBinaryOperator,
        UnaryOperator<@Nullable Throwable> {
  private final Guard guard;

  Refusal(Guard guard) {
    this.guard = guard;
  }

  @Override
  public int applyAsInt(int offset, int count) {
    return -1;
  }

  @Override
  public @Nullable Throwable apply(@Nullable Throwable nothing) {
    return get();
  }

  /** What the app gets instead of bytes. */
  @Override
  public Throwable get() {
    return guard.stallException(null);
  }
}
