package io.stallguard.tooling;

import io.stallguard.core.coverage.ClientClass;
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
 * class is loaded. For all other classes it is one look-up of their names, and a look at some of
 * their last characters.
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
  private @Nullable Endings endings;
  private @Nullable Use renamed;

  /** Lets something be run, once, when this class is loaded. Before it is installed. */
  void await(String className, Runnable used) {
    awaited.put(className, new Once(used));
  }

  /**
   * Lets the census see each client that is used, also a copy whose packages were renamed. Before
   * it is installed.
   */
  void count(Coverage coverage) {
    Use client = new OfClient(coverage);
    for (String className : coverage.classes()) {
      awaited.put(className, client);
    }
    endings = new Endings(coverage.renamable());
    renamed = client;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    // One that is transformed again was loaded before, and looked at.
    if (className != null && loaded == null) {
      Use use = awaited.get(className);
      String known = use == null ? known(className) : className;
      if (known != null) {
        begins(use, new ClientClass(known, className, loader, domain, classFile), false);
      }
    }
    return null;
  }

  /** The name by which a class is known that has another one here; null if it is none of these. */
  private @Nullable String known(String className) {
    return endings == null ? null : endings.of(className);
  }

  private void begins(@Nullable Use use, ClientClass found, boolean before) {
    Use by = use == null ? renamed : use;
    if (by != null) {
      by.begins(found, before);
    }
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
      String known = use == null ? known(className) : className;
      if (known != null) {
        begins(use, of(known, className, loaded), attached);
      }
    }
  }

  private static ClientClass of(String known, String className, Class<?> loaded) {
    return new ClientClass(
        known, className, loaded.getClassLoader(), loaded.getProtectionDomain(), null);
  }

  /** What is to be done when a class is loaded. */
  private interface Use {
    void begins(ClientClass found, boolean before);
  }

  /** Runs something the first time. */
  private static final class Once implements Use {
    private final Runnable task;
    private final AtomicBoolean begun = new AtomicBoolean();

    Once(Runnable task) {
      this.task = task;
    }

    @Override
    public void begins(ClientClass found, boolean before) {
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
    public void begins(ClientClass found, boolean before) {
      AccessController.doPrivileged(
          new PrivilegedAction<@Nullable Void>() {
            @Override
            public @Nullable Void run() {
              coverage.used(found, before);
              return null;
            }
          });
    }
  }
}
