package io.stallguard.testing;

import org.jspecify.annotations.Nullable;

/**
 * The name of the test for which a thread works, handed on to the threads that it starts: a JVM
 * that a test starts bears it, so that a failure can show the right output.
 */
public final class TestName {
  private static final InheritableThreadLocal<@Nullable String> NAME =
      new InheritableThreadLocal<>();

  private TestName() {}

  /** The name of this thread's test, empty where there is none. */
  public static String current() {
    String name = NAME.get();
    return name == null ? "" : name;
  }

  /** Names a whole class of tests. */
  static void begin(String className) {
    NAME.set(className);
  }

  /** From here on this thread works for one part of its class, a setup or a single test. */
  public static void part(String name) {
    NAME.set(classOf(current()) + "/" + name);
  }

  /** The class in a name that may have a part. */
  static String classOf(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }
}
