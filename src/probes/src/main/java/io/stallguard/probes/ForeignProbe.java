package io.stallguard.probes;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.management.MBeanServer;
import javax.management.openmbean.CompositeData;

/**
 * Clients and servers that the probes are not compiled against, each class path in a class loader
 * of its own.
 */
final class ForeignProbe implements Probe {
  private static final String COVERAGE = "coverage";

  /** The property by which the class loaders see what the app sees, as those of web apps do. */
  private static final String BELOW_APP = "probe.below";

  private static final String[] COLUMNS = {"client", "version", "classLoader", "state", "reason"};

  private final Map<String, ClassLoader> loaders = new ConcurrentHashMap<>();

  /**
   * The form is {@code coverage}, or a class that takes a URL, a colon and the class path that has
   * it.
   */
  @Override
  public void run(Job job, Received received) throws Exception {
    if (job.form().equals(COVERAGE)) {
      tellCoverage();
      return;
    }
    String[] form = job.form().split(":", 2);
    ClassLoader loader = loaders.computeIfAbsent(form[1], ForeignProbe::loader);
    Thread.currentThread().setContextClassLoader(loader);
    @SuppressWarnings("unchecked")
    Consumer<String> use =
        (Consumer<String>) loader.loadClass(form[0]).getDeclaredConstructor().newInstance();
    use.accept(job.url());
  }

  private static ClassLoader loader(String classPath) {
    List<URL> urls = new ArrayList<>();
    try {
      for (String entry : classPath.split(File.pathSeparator)) {
        urls.add(new File(entry).toURI().toURL());
      }
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
    ClassLoader app = ClassLoader.getSystemClassLoader();
    // If not asked for, without a parent that has the probes.
    return new URLClassLoader(
        urls.toArray(new URL[0]), Boolean.getBoolean(BELOW_APP) ? app : app.getParent());
  }

  /** The rows as JMX has them. */
  private static void tellCoverage() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Object rows = server.getAttribute(Changes.awaitBean(server), "Coverage");
    for (CompositeData row : (CompositeData[]) rows) {
      StringBuilder line = new StringBuilder("COVERAGE");
      for (String column : COLUMNS) {
        line.append('\t').append(row.get(column));
      }
      System.out.println(line);
    }
    System.out.println("COVERED\t" + server.getAttribute(Changes.awaitBean(server), "Guarded"));
  }
}
