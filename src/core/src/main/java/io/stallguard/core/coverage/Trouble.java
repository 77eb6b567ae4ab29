package io.stallguard.core.coverage;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A module that does not work, everywhere or for the client in one class loader. Immutable. */
final class Trouble {
  private final String module;
  private final Cause cause;

  /** Where the module does not work; null for everywhere. */
  private final @Nullable WeakReference<ClassLoader> loader;

  private Trouble(String module, Cause cause, @Nullable WeakReference<ClassLoader> loader) {
    this.module = module;
    this.cause = cause;
    this.loader = loader;
  }

  static Trouble everywhere(String module, Cause cause) {
    return new Trouble(module, cause, null);
  }

  /**
   * A trouble in one class loader. In the boot loader it is one everywhere: classes are there once,
   * for all.
   */
  static Trouble in(@Nullable ClassLoader loader, String module, Cause cause) {
    return new Trouble(module, cause, loader == null ? null : new WeakReference<>(loader));
  }

  boolean isEverywhere(String asked) {
    return loader == null && module.equals(asked);
  }

  /**
   * Whether this is the trouble of a client, whose library may be in a class loader above its own.
   */
  boolean isOf(String asked, SeenClient client) {
    ClassLoader amiss = loader == null ? null : loader.get();
    return isEverywhere(asked) || (module.equals(asked) && amiss != null && client.sees(amiss));
  }

  /** Whether no client is left that the trouble could be of. */
  boolean isGone() {
    return loader != null && loader.get() == null;
  }

  boolean isSame(Trouble other) {
    ClassLoader own = loader == null ? null : loader.get();
    ClassLoader others = other.loader == null ? null : other.loader.get();
    return module.equals(other.module)
        && cause == other.cause
        && own == others
        && !isGone()
        && !other.isGone();
  }

  Cause cause() {
    return cause;
  }
}
