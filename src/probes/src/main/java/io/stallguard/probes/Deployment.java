package io.stallguard.probes;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.security.auth.Subject;
import javax.security.auth.x500.X500Principal;

/** An app in a container: class loader, thread group and subject of its own. */
final class Deployment {
  private static final ThreadGroup GROUP = new ThreadGroup("deployment");
  private static final ClassLoader LOADER = loader();
  private static final Subject SUBJECT = new Subject();

  static {
    SUBJECT.getPrincipals().add(new X500Principal("CN=app"));
  }

  private Deployment() {}

  private static ClassLoader loader() {
    try {
      Path folder = Files.createTempDirectory("deployment");
      Path services = Files.createDirectories(folder.resolve("META-INF/services"));
      byte[] name = Service.class.getName().getBytes(StandardCharsets.UTF_8);
      Path file = Files.write(services.resolve(Runnable.class.getName()), name);
      file.toFile().deleteOnExit();
      return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Service.class.getClassLoader());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs something as the app does. */
  static <T> T call(Callable<T> task) throws Exception {
    FutureTask<T> call = new FutureTask<>(task);
    Thread thread =
        new Thread(GROUP, () -> Subject.doAs(SUBJECT, (PrivilegedAction<Void>) () -> run(call)));
    thread.setContextClassLoader(LOADER);
    thread.setDaemon(false);
    thread.start();
    return call.get();
  }

  private static Void run(Runnable call) {
    call.run();
    return null;
  }

  /** What code of the app meets on the calling thread, with no number in it. */
  static String seen() {
    Thread thread = Thread.currentThread();
    Thread born = new Thread(() -> {});
    int services = 0;
    for (Runnable service : ServiceLoader.load(Runnable.class)) {
      services += service instanceof Service ? 1 : 0;
    }
    String seen =
        "on "
            + thread.getName()
            + " of "
            + thread.getThreadGroup().getName()
            + (thread.isDaemon() ? ", a daemon" : "")
            + (services > 0 ? ", with its service" : ", without its service")
            + ", loader "
            + name(thread.getContextClassLoader())
            + ", subject "
            + subject()
            + ", born there: loader "
            + name(born.getContextClassLoader())
            + " of "
            + born.getThreadGroup().getName();
    return seen.replaceAll("\\d+", "N");
  }

  private static String name(ClassLoader loader) {
    return loader == LOADER ? "of the app" : String.valueOf(loader).replaceAll("@.*", "");
  }

  private static String subject() {
    try {
      Subject subject = Subject.getSubject(AccessController.getContext());
      return subject == null ? "nobody" : subject.getPrincipals().iterator().next().getName();
    } catch (UnsupportedOperationException e) {
      // From Java 23 on.
      return "not to be had";
    }
  }

  /** Found by the app's context class loader only. */
  public static final class Service implements Runnable {
    @Override
    public void run() {}
  }
}
