package io.stallguard.instrumentation.javasockets.helpers;

import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a read that is not to be, because the stream is over by decision. A supplier only
 * so that advice can tell it from a tap.
 */
final class Refusal
    implements Supplier<SocketTap>, IntBinaryOperator, UnaryOperator<@Nullable Throwable> {
  private final SocketTap tap;

  Refusal(SocketTap tap) {
    this.tap = tap;
  }

  @Override
  public SocketTap get() {
    return tap;
  }

  /** Gives what a read of at most this length returns, unless it throws. */
  @Override
  public int applyAsInt(int offset, int length) {
    return tap.refused(offset, length);
  }

  @Override
  public @Nullable Throwable apply(@Nullable Throwable nothing) {
    return tap.apply(null);
  }
}
