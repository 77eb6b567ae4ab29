package io.stallguard.tooling;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/** Opens a package of the JDK to a loader's classes; on Java 8 there is nothing to open. */
final class ModuleOpener {
  // By reflection: the module API came with Java 9, and the agent runs on 8.

  private ModuleOpener() {}

  /**
   * Opens a package.
   *
   * @param open module and package as {@code java.base/sun.net}
   * @throws ReflectiveOperationException if there is no such module or package
   */
  static void open(Instrumentation instrumentation, String open, ClassLoader to)
      throws ReflectiveOperationException {
    Method unnamedModule;
    try {
      unnamedModule = ClassLoader.class.getMethod("getUnnamedModule");
    } catch (NoSuchMethodException e) {
      // Java 8: no modules, everything is open.
      return;
    }
    int slash = open.indexOf('/');
    redefine(
        instrumentation,
        module(open.substring(0, slash)),
        Collections.singletonMap(
            open.substring(slash + 1), Collections.singleton(unnamedModule.invoke(to))));
  }

  private static Object module(String name) throws ReflectiveOperationException {
    Class<?> layer = Class.forName("java.lang.ModuleLayer");
    Object boot = layer.getMethod("boot").invoke(null);
    Object found = layer.getMethod("findModule", String.class).invoke(boot, name);
    return found.getClass().getMethod("get").invoke(found);
  }

  private static void redefine(
      Instrumentation instrumentation, Object module, Map<String, ? extends Set<?>> opens)
      throws ReflectiveOperationException {
    Class<?> moduleType = Class.forName("java.lang.Module");
    Instrumentation.class
        .getMethod(
            "redefineModule",
            moduleType, Set.class, Map.class, Map.class, Set.class, Map.class)
        .invoke(
            instrumentation,
            module,
            Collections.emptySet(),
            Collections.emptyMap(),
            opens,
            Collections.emptySet(),
            Collections.emptyMap());
  }
}
