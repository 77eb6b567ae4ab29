package io.stallguard.tooling;

import io.stallguard.core.coverage.Coverage;
import java.lang.instrument.ClassFileTransformer;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sees that the app or a tool begins to use a part of the JDK, or an HTTP client: that a certain
 * class is loaded. For all other classes it is one look-up of their names.
 */
final class UseTrigger implements ClassFileTransformer {
  // What the agent shows by JMX and JFR is to cost nothing before somebody looks, and to load these
  // parts of the JDK by ourselves could change what the app finds.

  /** The class of the JDK's MBean server, by which the use of JMX shows. */
  static final String JMX = "com/sun/jmx/mbeanserver/JmxMBeanServer";

  /**
   * The class that records, by which the use of JFR shows: those of events are loaded by many an
   * app that has no recording.
   */
  static final String JFR = "jdk/jfr/internal/PlatformRecorder";

  private final Map<String, Use> awaited = new HashMap<>();

  /** Lets something be run, once, when this class is loaded. Before it is installed. */
  void await(String className, Runnable used) {
    awaited.put(className, new Once(used));
  }

  /** Lets the census see each client that is used. Before it is installed. */
  void count(Coverage coverage) {
    Use client = new OfClient(coverage);
    for (String className : coverage.classes()) {
      awaited.put(className, client);
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    Use use = className == null ? null : awaited.get(className);
    // One that is transformed again was loaded before, and looked at.
    if (use != null && className != null && loaded == null) {
      use.begins(className, loader, domain, false);
    }
    return null;
  }

  /**
   * Looks whether such a class was loaded before the trigger stood.
   *
   * @param attached whether the app had begun
   */
  void look(Class<?>[] all, boolean attached) {
    for (Class<?> loaded : all) {
      String className = loaded.getName().replace('.', '/');
      Use use = awaited.get(className);
      if (use != null) {
        use.begins(className, loaded.getClassLoader(), loaded.getProtectionDomain(), attached);
      }
    }
  }

  /** What is to be done when a class is loaded. */
  private interface Use {
    void begins(
        String className,
        @Nullable ClassLoader loader,
        @Nullable ProtectionDomain domain,
        boolean before);
  }

  /** Runs something the first time. */
  private static final class Once implements Use {
    private final Runnable task;
    private final AtomicBoolean begun = new AtomicBoolean();

    Once(Runnable task) {
      this.task = task;
    }

    @Override
    public void begins(
        String className,
        @Nullable ClassLoader loader,
        @Nullable ProtectionDomain domain,
        boolean before) {
      if (begun.compareAndSet(false, true)) {
        task.run();
      }
    }
  }

  /** Counts a client. */
  private static final class OfClient implements Use {
    private final Coverage coverage;

    OfClient(Coverage coverage) {
      this.coverage = coverage;
    }

    // The app's classes are on the stack, and under a security manager their rights would count.
    @Override
    @SuppressWarnings("removal")
    public void begins(
        String className,
        @Nullable ClassLoader loader,
        @Nullable ProtectionDomain domain,
        boolean before) {
      AccessController.doPrivileged(
          new PrivilegedAction<@Nullable Void>() {
            @Override
            public @Nullable Void run() {
              coverage.used(className, loader, domain, before);
              return null;
            }
          });
    }
  }
}
