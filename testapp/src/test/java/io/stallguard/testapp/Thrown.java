package io.stallguard.testapp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** What a probe caught and serialised, read back with the client's classes and without ours. */
final class Thrown {
  private Thrown() {}

  /**
   * Reads an exception.
   *
   * @param line {@code THROWN}, the job's id and the exception that has the caught one for a cause
   */
  static Throwable parse(String line, List<Path> clientPath) throws Exception {
    byte[] bytes = Base64.getDecoder().decode(line.split("\t")[2]);
    URL[] urls = clientPath.stream().map(Thrown::url).toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        ObjectInputStream in = new Reading(bytes, loader)) {
      return (Throwable) in.readObject();
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds classes where the app would. */
  private static final class Reading extends ObjectInputStream {
    private final ClassLoader loader;

    Reading(byte[] bytes, ClassLoader loader) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
      return Class.forName(description.getName(), false, loader);
    }
  }
}
