package io.stallguard.core.coverage;

/** How far a client is guarded. */
public enum CoverageState {
  /** All of it that the agent knows how to guard. */
  GUARDED("guarded"),

  /** A part of its exchanges, or not by all limits that are set. */
  PARTLY("guarded in part"),

  /** Nothing of it. */
  NOT("not guarded");

  private final String text;

  CoverageState(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
