package io.stallguard.core.callbacks;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of an app's thread: context class loader, rights, thread group, and whether the
 * JVM waits for it. What the app's code starts and looks up there depends on them. Immutable; taken
 * on a thread of the app, used by threads of ours.
 */
public final class AppWorld {
  /**
   * How long a caller waits: the JDK's own code ends at once, so this is for a machine that gives a
   * thread no time.
   */
  private static final long PATIENCE_MILLIS = 1000;

  private final @Nullable ClassLoader loader;
  private final @Nullable ThreadGroup group;
  private final boolean daemon;

  /** The rights of the thread; from Java 24 on no more than those of nobody. */
  private final AccessControlContext rights;

  private AppWorld(Thread thread, AccessControlContext rights) {
    this.loader = thread.getContextClassLoader();
    this.group = thread.getThreadGroup();
    this.daemon = thread.isDaemon();
    this.rights = rights;
  }

  /** The surroundings of the calling thread. */
  public static AppWorld ofCaller() {
    AccessControlContext rights = AccessController.getContext();
    // The app's code below may not ask for a class loader.
    return AccessController.doPrivileged(
        (PrivilegedAction<AppWorld>) () -> new AppWorld(Thread.currentThread(), rights));
  }

  /**
   * Runs code of a client that may start threads, and does not block, and returns when it is done.
   * Any thread of ours.
   */
  public void run(Runnable task) {
    if (Thread.currentThread().getThreadGroup() != group && ranElsewhere(task)) {
      return;
    }
    enter(task);
  }

  /**
   * Runs a task on a thread of the app's group, if the calling one is of another: a thread cannot
   * move to another group.
   */
  private boolean ranElsewhere(Runnable task) {
    Thread messenger;
    try {
      messenger = start("stallguard-callback", () -> enter(task));
    } catch (OutOfMemoryError e) {
      // No thread to be had: better in another group than not at all.
      return false;
    }
    try {
      messenger.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      // Nobody has a reason to: it is done all the same.
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /**
   * Runs code of a client that may block on the calling thread, as far as that can change. Any
   * thread of ours.
   */
  public void enter(Runnable task) {
    Thread thread = Thread.currentThread();
    ClassLoader ours = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      AccessController.doPrivileged(
          (PrivilegedAction<@Nullable Void>)
              () -> {
                task.run();
                return null;
              },
          rights);
    } finally {
      thread.setContextClassLoader(ours);
    }
  }

  /**
   * Starts a thread of this world.
   *
   * @throws OutOfMemoryError if there is no thread to be had now
   */
  Thread start(String name, Runnable task) {
    // The calling thread must have nothing of another world: what is not set here is inherited.
    try {
      return start(new Thread(group, task, name));
    } catch (IllegalThreadStateException e) {
      // Before Java 19 a group may be gone before what was begun in it.
      return start(new Thread(task, name));
    }
  }

  private Thread start(Thread thread) {
    thread.setDaemon(daemon);
    thread.setContextClassLoader(loader);
    thread.start();
    return thread;
  }
}
