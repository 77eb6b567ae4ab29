package io.stallguard.core.household;

import io.stallguard.core.engine.HostLift;
import org.jspecify.annotations.Nullable;

/**
 * Lifts the short limits of one host while most of its streams stall: that is an outage, or limits
 * that are too short, and only time tells. Watchdog only, except {@link #state()} and {@link
 * #reason()}.
 */
final class HostBreaker {
  // CLOSED --most of the streams stalled--> OPEN --one runs out at the lifted limit--> OUTAGE
  //    ^                                     |                                           |
  //    '---- the pause is over, by JMX ------'---- fewer stall, or the pause is over ----'
  //
  // Only OPEN lifts. In an OUTAGE waiting helps nobody, and each question would cost 300 s: so none
  // is asked again before the host was seen to be well for a window, or the pause is over. A stream
  // that ran out shows no outage if others of its host went on meanwhile: it is a dead one among
  // those for which the limit was too short.

  private final HostLift lift;
  private final StallShare share;
  private volatile BreakerState state = BreakerState.CLOSED;
  private volatile @Nullable String reason;
  private long changedAt;
  private WentOn wentOn = new WentOn();

  HostBreaker(HostLift lift, long now) {
    this.lift = lift;
    this.share = new StallShare(lift, now);
  }

  HostLift lift() {
    return lift;
  }

  /** How the breaker stands. Any thread. */
  BreakerState state() {
    return state;
  }

  /** Why limits are lifted, null if they are not. Any thread. */
  @Nullable String reason() {
    return reason;
  }

  /**
   * Notes that a stream stalled at a limit of its own that would be lifted. True if the breaker
   * opens now.
   */
  boolean stalled(long beganAt, long now, BreakerSettings settings) {
    share.trim(now, settings.windowNanos());
    if (!share.add(beganAt)
        || state != BreakerState.CLOSED
        || !settings.areMost(share.stalls(), share.streams())) {
      return false;
    }
    reason = BreakerLines.reason(share.stalls(), share.streams(), settings);
    wentOn = new WentOn();
    become(BreakerState.OPEN, now);
    return true;
  }

  /** Notes that a stream stalled at the lifted limit. True if that shows an outage. */
  boolean ranOut(long beganAt) {
    return state == BreakerState.OPEN && !wentOn.isAnySince(beganAt);
  }

  /** Notes that a stream went on after a silence longer than its own limit. */
  void wentOn(String limitName, String limitText, long silentNanos, long now) {
    if (state == BreakerState.OPEN) {
      wentOn.add(limitName, limitText, silentNanos, now);
    }
  }

  /** Lets the host's own limits hold; what is open has been counted. */
  void close(BreakerState next, long now) {
    share.beginAnew(now);
    reason = null;
    become(next, now);
  }

  private void become(BreakerState next, long now) {
    state = next;
    changedAt = now;
    lift.turn(next == BreakerState.OPEN);
  }

  /** The advice, once it is time for it; null before and after. */
  @Nullable String advice(long now) {
    return wentOn.isDue(now) ? wentOn.tell(lift.host()) : null;
  }

  /** The advice that has not been told though there is one. */
  @Nullable String owedAdvice() {
    return wentOn.isOwed() ? wentOn.tell(lift.host()) : null;
  }

  /** Whether the breaker has stood like this for as long as an operator wants. */
  boolean isPauseOver(long now, BreakerSettings settings) {
    return state != BreakerState.CLOSED
        && (now - changedAt > settings.pauseNanos() || settings.isOff());
  }

  /** Takes a sample, as the streams that are open have been counted. */
  void sample(long now, BreakerSettings settings) {
    share.sample(now, settings.windowNanos());
    if (state == BreakerState.OUTAGE && isWell(now, settings)) {
      become(BreakerState.CLOSED, now);
    }
  }

  private boolean isWell(long now, BreakerSettings settings) {
    return now - changedAt > settings.windowNanos()
        && !settings.isAboveShare(share.stalls(), share.streams());
  }

  /** Whether nothing is lost if the breaker is forgotten. */
  boolean isUnused(long now, BreakerSettings settings) {
    return state == BreakerState.CLOSED && share.isUnused(now, settings.windowNanos());
  }

  /** The facts of the breaker as it stands. */
  BreakerFacts facts(long now) {
    String why = reason;
    return new BreakerFacts(
        lift.host(),
        state,
        why == null ? "" : why,
        share.streams(),
        share.stalls(),
        state == BreakerState.CLOSED ? 0 : now - changedAt);
  }
}
