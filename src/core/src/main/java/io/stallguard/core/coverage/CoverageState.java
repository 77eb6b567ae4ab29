package io.stallguard.core.coverage;

/** How far a client is guarded. */
public enum CoverageState {
  /** The client is guarded as far as the agent knows how to. */
  GUARDED("guarded"),

  /** A part of the client's exchanges is guarded, or not by all limits that are set. */
  PARTLY("guarded in part"),

  /** Nothing of the client is guarded. */
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
