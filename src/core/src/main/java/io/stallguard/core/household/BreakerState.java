package io.stallguard.core.household;

/** How a breaker stands. */
public enum BreakerState {
  /** The host's own limits hold. */
  CLOSED("closed"),
  /** The host's short limits on silence are lifted: most of its streams stalled. */
  OPEN("open"),
  /**
   * Most of its streams stalled, and waiting longer was seen to help nobody: the host's own limits
   * hold.
   */
  OUTAGE("outage");

  private final String text;

  BreakerState(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
