package io.stallguard.core;

import io.stallguard.core.engine.ConnectStall;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A wait for a connection: says what timeout is in force, takes what came of the wait, and gives
 * what the app is to see. One thread.
 */
public final class ConnectWait implements IntSupplier, UnaryOperator<@Nullable Object> {
  /**
   * By how much a wait may seem too short: a timer of the JDK counts in milliseconds, and may have
   * counted the one that had begun.
   */
  private static final long TIMER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Engine engine;
  private final LongSupplier nanoTime;
  private final Exchange target;
  private final Limit limit;
  private final boolean enforced;
  private final int millis;
  private final long beganAt;

  ConnectWait(
      Engine engine,
      LongSupplier nanoTime,
      Exchange target,
      Limit limit,
      boolean enforced,
      int millis) {
    this.engine = engine;
    this.nanoTime = nanoTime;
    this.beganAt = nanoTime.getAsLong();
    this.target = target;
    this.limit = limit;
    this.enforced = enforced;
    this.millis = millis;
  }

  /** The timeout in force, in milliseconds, 0 for none: the limit, or what the client has. */
  @Override
  public int getAsInt() {
    return millis;
  }

  /**
   * The wait is over.
   *
   * @param thrown what the client threw, or null if it is connected
   */
  @Override
  public @Nullable Object apply(@Nullable Object thrown) {
    if (enforced) {
      // A timeout that is ours already came from a connection to a proxy below this one.
      StallTimeoutException stall =
          thrown instanceof SocketTimeoutException && !(thrown instanceof StallTimeoutException)
              ? timedOut((SocketTimeoutException) thrown)
              : null;
      return stall == null ? thrown : stall;
    }
    long waitedNanos = nanoTime.getAsLong() - beganAt;
    if (waitedNanos >= limit.nanos()) {
      tell(new ConnectStall(target, limit, false, waitedNanos, (Throwable) thrown));
    }
    return thrown;
  }

  /**
   * A timer has ended the wait.
   *
   * @return what the app is to see, or null if it was not ours, and is to see what it had seen
   */
  public @Nullable StallTimeoutException timedOut(Throwable timeout) {
    long waitedNanos = nanoTime.getAsLong() - beganAt;
    if (!enforced || waitedNanos < limit.nanos() - TIMER_NANOS) {
      return null;
    }
    ConnectStall stall = new ConnectStall(target, limit, true, waitedNanos, timeout);
    tell(stall);
    return new StallTimeoutException(stall.message(), timeout);
  }

  private void tell(ConnectStall stall) {
    engine.household().expectWork();
    engine.counters().addStalled(stall.limit().name());
    engine.watchdog().notices().tell(() -> engine.household().connectStalled(stall));
  }
}
