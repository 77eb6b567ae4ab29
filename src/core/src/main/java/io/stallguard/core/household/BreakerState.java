package io.stallguard.core.household;

/** How a breaker stands. */
public enum BreakerState {
  /** The host's own limits hold. */
  CLOSED("closed"),
  /** Its short limits on silence are lifted: most of its streams stalled. */
  OPEN("open"),
  /** The same, and waiting longer was seen to help nobody: its own limits hold. */
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
