package io.stallguard.core.coverage;

import java.lang.ref.WeakReference;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Whose advice needs a right to find the agent, once there is a security manager, and has not been
 * heard of. Any thread.
 */
class Reach {
  // Advice asks for the system class loader, and suppresses that it is refused to. The manager asks
  // all code on the stack: of the client's own it can be said whether it has the right; that of its
  // callers shows when the advice has got through.

  private static final RuntimePermission RIGHT = new RuntimePermission("getClassLoader");

  private static final int MOST = 200;

  private final List<Way> ways = new CopyOnWriteArrayList<>();

  /** Notes that classes with the advice of a module are in a class loader that needs the right. */
  synchronized void needsRight(
      String module, ClassLoader loader, @Nullable ProtectionDomain domain) {
    for (Way way : ways) {
      if (way.is(module, loader)) {
        return;
      }
    }
    ways.removeIf(Way::isGone);
    if (ways.size() < MOST) {
      ways.add(new Way(module, loader, domain));
    }
  }

  /**
   * Notes that the advice of a module has got through.
   *
   * @param loader of an object of the client's, if not of a class derived from one of its own
   * @return whether that was in doubt
   */
  boolean reached(String module, @Nullable ClassLoader loader) {
    boolean inDoubt = false;
    for (Way way : ways) {
      inDoubt |= way.isOpenTo(module, loader);
    }
    return inDoubt && ways.removeIf(way -> way.isOpenTo(module, loader));
  }

  /** Why it may be that advice of a module does not get through for a client; null if it does. */
  @Nullable Cause cause(String module, SeenClient client) {
    if (ways.isEmpty() || !isManaged()) {
      return null;
    }
    for (Way way : ways) {
      if (way.isOf(module, client)) {
        return way.isClosed() ? Cause.NO_RIGHT : Cause.NOT_REACHED;
      }
    }
    return null;
  }

  /** Whether there is a security manager now: an app may set one at any time. */
  @SuppressWarnings("removal")
  boolean isManaged() {
    return System.getSecurityManager() != null;
  }

  /** The way from the classes of one class loader with a module's advice. */
  private static final class Way {
    private final String module;
    private final WeakReference<ClassLoader> loader;
    private final WeakReference<@Nullable ProtectionDomain> domain;

    Way(String module, ClassLoader loader, @Nullable ProtectionDomain domain) {
      this.module = module;
      this.loader = new WeakReference<>(loader);
      this.domain = new WeakReference<>(domain);
    }

    boolean is(String asked, ClassLoader from) {
      return module.equals(asked) && loader.get() == from;
    }

    /** Whether who has this class loader may have come by it. */
    boolean isOpenTo(String asked, @Nullable ClassLoader from) {
      ClassLoader each = module.equals(asked) ? from : null;
      while (each != null && loader.get() != each) {
        each = each.getParent();
      }
      return each != null;
    }

    boolean isOf(String asked, SeenClient client) {
      ClassLoader from = loader.get();
      return module.equals(asked) && from != null && client.sees(from);
    }

    boolean isGone() {
      return loader.get() == null;
    }

    /** Whether the code itself lacks the right. */
    boolean isClosed() {
      ProtectionDomain rights = domain.get();
      return rights != null && !rights.implies(RIGHT);
    }
  }
}
