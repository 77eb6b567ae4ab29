package io.stallguard.core.engine;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a client's own module on what its thread sends: the exchange is guarded there, and
 * the sockets below stand back. The thread that sends, and no other.
 */
public final class Claim implements Runnable {
  // By the thread, as every blocking client sends a request on the thread that has called it. Once
  // an exchange, never in a read. The thread has a weak reference: a claim is held by a variable of
  // the method that has begun it. So it cannot outlive that for good where a stack overflow, or a
  // thread that is stopped, keeps its end away; and an app's thread holds nothing of ours. None is
  // left behind where somebody has only asked.

  private static final ThreadLocal<Reference<Claim>> CLAIMED = new ThreadLocal<>();

  private boolean guarded;

  private Claim() {}

  /**
   * Begins a claim, which lasts no longer than it is held.
   *
   * @return null if the thread is in one already, whose end is not ours
   */
  public static @Nullable Claim begin() {
    if (isThere()) {
      return null;
    }
    Claim claim = new Claim();
    CLAIMED.set(new WeakReference<>(claim));
    return claim;
  }

  /** Whether the calling thread is within a claim. */
  public static boolean isThere() {
    boolean claimed = current() != null;
    if (!claimed) {
      CLAIMED.remove();
    }
    return claimed;
  }

  private static @Nullable Claim current() {
    Reference<Claim> claim = CLAIMED.get();
    return claim == null ? null : claim.get();
  }

  /** Notes that what the calling thread has claimed is guarded, before the claim is over. */
  public static void guarded() {
    Claim claim = current();
    if (claim != null) {
      claim.guarded = true;
    }
  }

  /** Whether what is claimed was guarded meanwhile. */
  public boolean isGuarded() {
    return guarded;
  }

  /** Ends the claim. */
  @Override
  public void run() {
    CLAIMED.remove();
  }
}
