import java.util.TreeSet;

/** Looks for traces of an agent in its own JVM, and prints what it finds. */
public final class Looking {
  private static final String[] RESOURCES = {
    "instrumentations.txt",
    "simplelogger.properties",
    "META-INF/LICENSE",
    "META-INF/NOTICE",
    "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
    "io/stallguard/core/Engine.class",
  };

  private static final String[] CLASSES = {
    "io.stallguard.core.Engine",
    "io.stallguard.tooling.Gate",
    "io.stallguard.shaded.net.bytebuddy.ByteBuddy",
    "io.stallguard.shaded.org.slf4j.Logger",
    "net.bytebuddy.ByteBuddy",
    "org.slf4j.Logger",
    "org.jspecify.annotations.Nullable",
  };

  private Looking() {}

  public static void main(String[] arguments) {
    for (String resource : RESOURCES) {
      if (ClassLoader.getSystemResource(resource) != null) {
        System.out.println("resource " + resource);
      }
    }
    for (String name : CLASSES) {
      look(name);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!thread.isDaemon()) {
        System.out.println("thread " + thread.getName());
      }
    }
    for (String property : new TreeSet<String>(System.getProperties().stringPropertyNames())) {
      System.out.println("property " + property);
    }
    System.out.println("handler " + Thread.getDefaultUncaughtExceptionHandler());
    System.out.println("context " + name(Thread.currentThread().getContextClassLoader()));
  }

  private static void look(String name) {
    try {
      Class.forName(name);
      System.out.println("class " + name);
    } catch (ClassNotFoundException e) {
      // As it should be.
    }
  }

  private static String name(ClassLoader loader) {
    return loader.getClass().getName();
  }
}
