package io.stallguard.tooling;

import io.stallguard.core.settings.Settings;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
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
  private final Consumer<GateIndex.Entry> needed;
  private final Consumer<String> console;

  /**
   * Makes a gate that weaves what the index names.
   *
   * @param needed is told of each module before it is loaded
   */
  Gate(
      GateIndex index,
      Modules modules,
      Consumer<GateIndex.Entry> needed,
      Consumer<String> console) {
    this.index = index;
    this.modules = modules;
    this.needed = needed;
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
    List<GateIndex.Entry> entries = className == null ? null : index.entries(className);
    if (entries == null || className == null || !isAnyEnabled(entries)) {
      return null;
    }
    return privileged(entries, new ClassFile(loader, className, domain, classFile));
  }

  private boolean isAnyEnabled(List<GateIndex.Entry> entries) {
    for (GateIndex.Entry entry : entries) {
      if (modules.isEnabled(entry.module())) {
        return true;
      }
    }
    return false;
  }

  // The app's classes are on the stack, and under a security manager their rights would count.
  @SuppressWarnings("removal")
  private byte @Nullable [] privileged(List<GateIndex.Entry> entries, ClassFile classFile) {
    return AccessController.doPrivileged(
        new PrivilegedAction<byte @Nullable []>() {
          @Override
          public byte @Nullable [] run() {
            return transform(entries, classFile);
          }
        });
  }

  /**
   * Weaves the advice of each module into a class; one that does not fit leaves what the others
   * have woven.
   */
  private byte @Nullable [] transform(List<GateIndex.Entry> entries, ClassFile classFile) {
    ClassFile current = classFile;
    for (GateIndex.Entry entry : entries) {
      byte[] woven = modules.isEnabled(entry.module()) ? transform(entry, current) : null;
      current = woven == null ? current : current.with(woven);
    }
    return current == classFile ? null : current.bytes();
  }

  private byte @Nullable [] transform(GateIndex.Entry entry, ClassFile classFile) {
    try {
      if (modules.loaded(entry.module()) == null) {
        needed.accept(entry);
      }
      TypeInstrumentation type = modules.typeInstrumentation(entry, classFile.typeName());
      return type.isFor(JAVA_FEATURE) && !type.joins().isEmpty()
          ? weave(entry, type, classFile)
          : null;
    } catch (Throwable t) {
      if (isNews(entry.module(), classFile, t)) {
        String reason = classFile.origin() + ": " + StandBack.reason(t);
        console.accept(modules.without(entry.module()) + ": " + reason);
      }
      return null;
    }
  }

  private byte[] weave(GateIndex.Entry entry, TypeInstrumentation type, ClassFile classFile)
      throws StandBack {
    HookAccess access = HookAccess.of(classFile.loader());
    byte[] woven = Weaver.weave(type, classFile, access);
    if (access == HookAccess.BY_RIGHT) {
      modules.needsRight(entry.module(), classFile);
    }
    return woven;
  }

  private boolean isNews(String module, ClassFile classFile, Throwable failure) {
    // The module itself, or what it consists of: it will not be there for another class either.
    return failure instanceof ClassNotFoundException
        ? modules.switchOff(module)
        : modules.failed(module, classFile.typeName(), classFile.loader());
  }

  /** All loaded classes; none where the JVM is at its end, as it answers null then. */
  static Class<?>[] loaded(Instrumentation instrumentation) {
    Class<?>[] classes = instrumentation.getAllLoadedClasses();
    return classes == null ? new Class<?>[0] : classes;
  }

  /** The loaded classes that some module wants which is switched on. */
  List<Class<?>> ofInterest(Class<?>[] loaded) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> one : known(loaded)) {
      List<GateIndex.Entry> entries = index.entriesOfType(one.getName());
      if (entries != null && isAnyEnabled(entries)) {
        found.add(one);
      }
    }
    return found;
  }

  /** The loaded classes that are in the index. */
  List<Class<?>> known(Class<?>[] loaded) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> one : loaded) {
      if (index.entriesOfType(one.getName()) != null) {
        found.add(one);
      }
    }
    return found;
  }

  /**
   * Puts advice into classes that were loaded before the gate stood, one at a time, so that one
   * that fails does not take the others with it.
   */
  void retransform(List<Class<?>> loaded, Instrumentation instrumentation) {
    for (Class<?> one : loaded) {
      retransform(instrumentation, one);
    }
  }

  /**
   * Puts advice into those of the loaded classes that want more than they did under other settings.
   *
   * @return how many there are
   */
  int retransformLoaded(Class<?>[] loaded, Instrumentation instrumentation, Settings before) {
    int count = 0;
    for (Class<?> one : loaded) {
      List<GateIndex.Entry> entries = index.entriesOfType(one.getName());
      if (entries != null && wantsMore(entries, one.getName(), before)) {
        retransform(instrumentation, one);
        count++;
      }
    }
    return count;
  }

  private boolean wantsMore(List<GateIndex.Entry> entries, String typeName, Settings before) {
    for (GateIndex.Entry entry : entries) {
      if (modules.wantsMore(entry.module(), typeName, before)) {
        return true;
      }
    }
    return false;
  }

  private void retransform(Instrumentation instrumentation, Class<?> loaded) {
    try {
      instrumentation.retransformClasses(loaded);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      console.accept(loaded.getName() + " was loaded before and cannot be guarded: " + e);
      isLate(loaded);
    }
  }

  private void isLate(Class<?> loaded) {
    List<GateIndex.Entry> entries = index.entries(loaded.getName().replace('.', '/'));
    if (entries != null) {
      for (GateIndex.Entry entry : entries) {
        modules.isLate(entry.module(), loaded.getClassLoader());
      }
    }
  }
}
