package io.stallguard.core.jmx;

import io.stallguard.core.StallGuardMXBean;
import io.stallguard.core.household.BreakerFacts;
import io.stallguard.core.words.Durations;
import java.util.concurrent.TimeUnit;

/** A host's breaker as JMX shows it. Immutable. */
final class BreakerRow implements StallGuardMXBean.HostBreaker {
  private final BreakerFacts facts;

  BreakerRow(BreakerFacts facts) {
    this.facts = facts;
  }

  @Override
  public String getHost() {
    return facts.host();
  }

  @Override
  public String getState() {
    return facts.state().toString();
  }

  @Override
  public String getReason() {
    return facts.reason();
  }

  @Override
  public long getStreams() {
    return facts.streams();
  }

  @Override
  public long getStalls() {
    return facts.stalls();
  }

  @Override
  public long getSinceMillis() {
    return TimeUnit.NANOSECONDS.toMillis(facts.lastedNanos());
  }

  /** The breaker in one line, for people. */
  @Override
  public String toString() {
    String reason = facts.reason();
    return "breaker of "
        + facts.host()
        + ": "
        + facts.state()
        + (facts.lastedNanos() > 0 ? " for " + Durations.text(facts.lastedNanos()) : "")
        + (reason.isEmpty() ? "" : ", " + reason)
        + ", "
        + facts.stalls()
        + " of "
        + facts.streams()
        + " streams stalled of late";
  }
}
