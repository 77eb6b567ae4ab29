package io.stallguard.core.engine;

/**
 * Makes names that no other copy of the agent in this JVM uses, for what a client keeps by name for
 * everybody: an agent that has left may have left something there. Any thread.
 */
public final class UniqueName {
  private UniqueName() {}

  /** A name that this class has, and none of another class loader. */
  public static String of(Class<?> type) {
    return type.getName() + '@' + Integer.toHexString(System.identityHashCode(type));
  }
}
