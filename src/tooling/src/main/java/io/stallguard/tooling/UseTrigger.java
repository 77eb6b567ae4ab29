package io.stallguard.tooling;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sees that the app or a tool begins to use a part of the JDK: that a certain class is loaded. */
final class UseTrigger implements ClassFileTransformer {
  // What the agent shows by JMX and JFR is to cost nothing before somebody looks, and to load these
  // parts of the JDK by ourselves could change what the app finds.

  /** The MBean server of the JDK. */
  static final String JMX = "com/sun/jmx/mbeanserver/JmxMBeanServer";

  /** What records: the classes of events are loaded by many an app that has no recording. */
  static final String JFR = "jdk/jfr/internal/PlatformRecorder";

  private final Map<String, Runnable> awaited = new ConcurrentHashMap<>();

  /** Lets something be run, once, when this class is loaded. Before it is installed. */
  void await(String className, Runnable used) {
    awaited.put(className, used);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (className != null) {
      fire(className);
    }
    return null;
  }

  /** They may have been loaded before the trigger stood. */
  void look(Class<?>[] all) {
    for (Class<?> loaded : all) {
      for (String wanted : awaited.keySet()) {
        String name = loaded.getName();
        if (name.length() == wanted.length() && name.equals(wanted.replace('/', '.'))) {
          fire(wanted);
        }
      }
    }
  }

  private void fire(String className) {
    Runnable used = awaited.remove(className);
    if (used != null) {
      used.run();
    }
  }
}
