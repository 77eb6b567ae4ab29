package io.stallguard.core.callbacks;

import org.jspecify.annotations.Nullable;

/**
 * Holds back an app's callback while a thread of ours completes the future that would call it: who
 * waits for that future is to wait for no code of the app. Any thread may {@link #put}, threads of
 * ours complete.
 */
public final class Aside {
  private static final ThreadLocal<@Nullable Aside> CURRENT = new ThreadLocal<>();

  private @Nullable Runnable callback;

  private Aside() {}

  /**
   * Asked by what stands between the client and a callback of the app, before it calls that.
   *
   * @return whether the callback was put aside, so that it is not to be called now
   */
  public static boolean put(Runnable callback) {
    Aside current = CURRENT.get();
    if (current != null) {
      current.callback = callback;
    }
    return current != null;
  }

  /** Completes a future, and gives back the callback that was put aside meanwhile, if there is. */
  static @Nullable Runnable during(Runnable completion) {
    Aside aside = new Aside();
    CURRENT.set(aside);
    try {
      completion.run();
    } finally {
      CURRENT.remove();
    }
    return aside.callback;
  }
}
