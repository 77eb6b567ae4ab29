package io.stallguard.core.engine;

import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.LimitKind;

/**
 * The limits on silence as they are judged: longer while the breaker of a stream's host is open.
 * Any thread.
 */
final class Lifted {
  // Only what an operator set to less than the field has settled on is lifted, and only where a
  // stall would be acted on. All else bounds what waiting longer would not tell anything of.

  /** The length that a lifted limit has: one that is as long or longer is not short. */
  static final long NANOS = Limits.IDLE_NANOS;

  private Lifted() {}

  /** The limit of a stream as it is judged now: itself, or what stands in for it. Any thread. */
  static Limit of(Limit limit, Guard guard) {
    return guard.entry().host.isOn() && isShort(limit, guard) ? limit.lifted(NANOS) : limit;
  }

  /** Whether this limit of a stream would be lifted. */
  static boolean isShort(Limit limit, Guard guard) {
    return limit.nanos() < NANOS && isOfSilence(limit) && guard.limits().areEnforced();
  }

  private static boolean isOfSilence(Limit limit) {
    LimitKind kind = limit.kind();
    return kind == LimitKind.IDLE || kind == LimitKind.FIRST_BYTE || kind == LimitKind.EVENT_IDLE;
  }
}
