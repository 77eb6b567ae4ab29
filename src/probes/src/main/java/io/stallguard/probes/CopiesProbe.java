package io.stallguard.probes;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client in several copies in one JVM, each in a class loader of its own. */
final class CopiesProbe implements Probe {
  /** A collection may miss what the one before made unreachable; a hundred in a row do not. */
  private static final int MOST_COLLECTIONS = 100;

  /**
   * The form is the class path of the copy, this class among it, and before it {@code use:} or
   * {@code drop:}; in the second case the job ends when the loader of the copy was collected.
   */
  @Override
  public void run(Job job, Received received) throws Exception {
    String[] form = job.form().split(":", 2);
    WeakReference<ClassLoader> used = use(form[1], job.url(), form[0].equals("drop"), received);
    if (form[0].equals("drop")) {
      awaitCollected(used);
    }
  }

  private static WeakReference<ClassLoader> use(
      String classPath, String url, boolean canned, Received received) throws Exception {
    // Without a parent that has the probes: they are to be defined beside their client.
    ClassLoader jdk = ClassLoader.getSystemClassLoader().getParent();
    try (URLClassLoader copy = new URLClassLoader(urls(classPath), jdk)) {
      Runnable request =
          copy.loadClass("io.stallguard.probes.OneCall")
              .asSubclass(Runnable.class)
              .getConstructor(String.class, boolean.class)
              .newInstance(url, canned);
      received.head();
      request.run();
      received.add(request.toString());
      return new WeakReference<>(copy);
    }
  }

  private static URL[] urls(String classPath) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private static void awaitCollected(WeakReference<ClassLoader> dropped)
      throws InterruptedException {
    for (int i = 0; i < MOST_COLLECTIONS && dropped.get() != null; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    if (dropped.get() != null) {
      throw new IllegalStateException("the class loader is still held");
    }
  }
}
