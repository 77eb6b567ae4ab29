package io.stallguard.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * The claim of a client's own module on what its thread sends: the exchange is guarded there, and
 * the sockets below stand back. Begun and ended by the same thread.
 */
public final class Claim implements Runnable {
  // By the thread, as every blocking client sends a request on the thread that has called it. Once
  // an exchange, never in a read. A value of the JDK's, so that an app's thread holds nothing of
  // ours; and none is left behind where somebody has only asked.

  private static final ThreadLocal<Boolean> CLAIMED = new ThreadLocal<>();
  private static final Claim ONLY = new Claim();

  private Claim() {}

  /** Begins a claim; null if the thread is in one already, whose end is not ours. */
  public static @Nullable Claim begin() {
    if (CLAIMED.get() != null) {
      return null;
    }
    CLAIMED.set(Boolean.TRUE);
    return ONLY;
  }

  /** Whether the calling thread is within a claim. */
  public static boolean isThere() {
    boolean claimed = CLAIMED.get() != null;
    if (!claimed) {
      CLAIMED.remove();
    }
    return claimed;
  }

  /** Ends it. */
  @Override
  public void run() {
    CLAIMED.remove();
  }
}
