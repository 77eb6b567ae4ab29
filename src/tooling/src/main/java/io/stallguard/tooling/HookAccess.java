package io.stallguard.tooling;

import org.jspecify.annotations.Nullable;

/** How woven code finds the hook: a matter of its class loader. */
enum HookAccess {
  /** By the system class loader, which everybody may ask who is not under a security manager. */
  BY_SYSTEM_LOADER,

  /**
   * The same, but a security manager asks the code and its callers for the right to do so: it is
   * neither in the system class loader nor in one above.
   */
  BY_RIGHT,

  /** By the code's own class loader, which takes no rights. */
  BY_OWN_LOADER;

  // Where there is no security manager the class loaders of an app are not asked for anything that
  // the app does not ask them for.

  static final String HOOKS = "io.stallguard.agent.Hooks";

  /** The way for classes of this class loader, as things are now. With the agent's rights. */
  @SuppressWarnings("removal")
  static HookAccess of(@Nullable ClassLoader loader) {
    if (loader == null || isAboveApp(loader)) {
      return BY_SYSTEM_LOADER;
    }
    return System.getSecurityManager() != null && seesHooks(loader) ? BY_OWN_LOADER : BY_RIGHT;
  }

  private static boolean isAboveApp(ClassLoader loader) {
    ClassLoader each = ClassLoader.getSystemClassLoader();
    while (each != null && each != loader) {
      each = each.getParent();
    }
    return each != null;
  }

  private static boolean seesHooks(ClassLoader loader) {
    try {
      ClassLoader system = ClassLoader.getSystemClassLoader();
      return Class.forName(HOOKS, false, loader) == Class.forName(HOOKS, false, system);
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      // A loader that shows its classes nothing of ours.
      return false;
    }
  }
}
