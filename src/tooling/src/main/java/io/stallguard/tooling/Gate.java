package io.stallguard.tooling;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees each class that the JVM loads and lets nearly all of them pass: one look-up of an exact
 * name.
 *
 * <p>Byte Buddy is not touched before a name hits.
 */
final class Gate implements ClassFileTransformer {
  private static final int JAVA_FEATURE = feature(System.getProperty("java.specification.version"));

  private final GateIndex index;
  private final Modules modules;
  private final Consumer<String> console;

  Gate(GateIndex index, Modules modules, Consumer<String> console) {
    this.index = index;
    this.modules = modules;
    this.console = console;
  }

  /** The release of Java by its specification's version, {@code 1.8} or {@code 17}. */
  static int feature(String version) {
    return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    GateIndex.Entry entry = className == null ? null : index.entry(className);
    if (entry == null || className == null || !modules.isEnabled(entry.module())) {
      return null;
    }
    return privileged(entry, new ClassFile(loader, className, domain, classFile));
  }

  // The app's classes are on the stack, and under a security manager their rights would count.
  @SuppressWarnings("removal")
  private byte @Nullable [] privileged(GateIndex.Entry entry, ClassFile classFile) {
    return AccessController.doPrivileged(
        new PrivilegedAction<byte @Nullable []>() {
          @Override
          public byte @Nullable [] run() {
            return transform(entry, classFile);
          }
        });
  }

  private byte @Nullable [] transform(GateIndex.Entry entry, ClassFile classFile) {
    try {
      TypeInstrumentation type = modules.typeInstrumentation(entry, classFile.typeName());
      return type.isFor(JAVA_FEATURE) ? Weaver.weave(type, classFile) : null;
    } catch (Throwable t) {
      modules.failed(entry.module(), classFile.typeName());
      console.accept(
          entry.module() + " is not guarded: " + classFile.origin() + ": " + StandBack.reason(t));
      return null;
    }
  }

  /**
   * Puts advice into the classes of interest that were loaded before the gate stood, one at a time,
   * so that one that fails does not take the others with it.
   */
  void retransformLoaded(Class<?>[] loaded, Instrumentation instrumentation) {
    for (Class<?> one : loaded) {
      if (index.entry(one.getName().replace('.', '/')) != null) {
        retransform(instrumentation, one);
      }
    }
  }

  private void retransform(Instrumentation instrumentation, Class<?> loaded) {
    try {
      instrumentation.retransformClasses(loaded);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      console.accept(loaded.getName() + " was loaded before and cannot be guarded: " + e);
    }
  }
}
