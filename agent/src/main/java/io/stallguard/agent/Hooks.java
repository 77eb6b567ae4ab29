package io.stallguard.agent;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where advice finds the agent: inlined into classes that cannot see ours, it gets this field by
 * reflection through the system class loader.
 */
public final class Hooks {
  /**
   * Takes a module's name and the arguments of its advice, returns what takes the place of the last
   * one. Null until the agent has started, then a {@link Door}. Never throws.
   */
  @SuppressWarnings("checkstyle:VisibilityModifier") // A field: one look-up, no reflective call.
  public static volatile @Nullable BiFunction<String, Object[], Object> hook;

  private Hooks() {}
}
