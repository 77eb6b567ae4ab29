package io.stallguard.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * Whether the heap has room for what a client makes of a failure that it is about to be told. Any
 * thread.
 */
public final class Headroom {
  // A client that runs out of memory just then has noted by that time, mostly, that its stream is
  // over, and tells nobody any more. What is free and what is garbage cannot be told apart without
  // a collection: so where little is left beside what is in use an array is asked for, which
  // collects. Another thread may take that room first: this makes a loss rare, and not impossible.

  /**
   * How much is asked for: what clients allocate for a failure, and the JVM for code of theirs that
   * runs for the first time.
   */
  private static final int BYTES = 64 << 10;

  /** So much room that nobody needs to ask. */
  private static final long PLENTY_BYTES = 4 << 20;

  /**
   * The array that was asked for. It is kept here so that it is made: one that nobody sees may be
   * left out.
   */
  @SuppressWarnings("UnusedVariable") // As said.
  private static volatile byte @Nullable [] room;

  private Headroom() {}

  /** Whether there is room. May take a collection, and throws nothing. */
  public static boolean isThere() {
    Runtime runtime = Runtime.getRuntime();
    long left = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    return left > PLENTY_BYTES || canHave(BYTES);
  }

  /** Whether an array of that length can be had now. */
  static boolean canHave(int bytes) {
    try {
      room = new byte[bytes];
      room = null;
      return true;
    } catch (OutOfMemoryError e) {
      // As asked.
      return false;
    }
  }
}
