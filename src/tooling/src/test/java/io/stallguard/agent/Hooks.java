package io.stallguard.agent;

import java.util.function.BiFunction;

/** Stands for the agent's own class of this name, which this module does not see. */
public final class Hooks {
  /** What advice finds. */
  @SuppressWarnings("checkstyle:VisibilityModifier") // As in the agent's own.
  public static volatile BiFunction<String, Object[], Object> hook;

  private Hooks() {}
}
