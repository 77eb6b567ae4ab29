package io.stallguard.tooling;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Sees that the app or a tool begins to use JMX: that its MBean server is loaded. */
final class JmxTrigger implements ClassFileTransformer {
  private static final String SERVER = "com/sun/jmx/mbeanserver/JmxMBeanServer";

  private final Runnable used;
  private final AtomicBoolean fired = new AtomicBoolean();

  JmxTrigger(Runnable used) {
    this.used = used;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (SERVER.equals(className)) {
      fire();
    }
    return null;
  }

  /** It may have been loaded before the trigger stood. */
  void look(Class<?>[] all) {
    String name = SERVER.replace('/', '.');
    for (Class<?> loaded : all) {
      if (loaded.getName().equals(name)) {
        fire();
      }
    }
  }

  private void fire() {
    if (fired.compareAndSet(false, true)) {
      used.run();
    }
  }
}
