package io.stallguard.agent;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.AllPermission;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads what is hidden in the jar: everything under {@code inst/}, its classes named {@code
 * .classdata} so that no class path scanner takes them for the app's.
 */
final class AgentClassLoader extends ClassLoader
    implements Consumer<Function<Object[], @Nullable BiFunction<String, Object[], Object>>> {
  // Child first for our names, which the parent cannot have; all others are the JDK's. Reads the
  // jar itself: a URLClassLoader would start URL handlers and could hold a lock of the app's.

  private static final String OURS = "io.stallguard.";
  private static final String FOLDER = "inst/";
  private static final String CLASS = ".class";
  private static final String HIDDEN_CLASS = ".classdata";

  /** Then the thread goes on: it may hold what somebody needs who runs at the end of the JVM. */
  private static final long STILL_MILLIS = 2_000;

  static {
    registerAsParallelCapable();
  }

  private final File file;
  private final JarFile jar;
  private final ProtectionDomain domain;

  /**
   * Held by the thread that loads classes in advance. Once another one waits for it, that thread
   * lets go of it before its next class and stands still for a while.
   */
  final ReentrantLock advance = new ReentrantLock(true);

  private @Nullable Function<Object[], @Nullable BiFunction<String, Object[], Object>> start;

  /**
   * Opens the jar.
   *
   * @throws IOException if it cannot be read
   */
  AgentClassLoader(File file, @Nullable ClassLoader parent) throws IOException {
    super(parent);
    this.file = file;
    this.jar = new JarFile(file, false);
    Permissions all = new Permissions();
    all.add(new AllPermission());
    this.domain = new ProtectionDomain(null, all);
  }

  /** What a class in the jar, while it is initialized, leaves here for {@link #start}. */
  @Override
  public void accept(Function<Object[], @Nullable BiFunction<String, Object[], Object>> handed) {
    start = handed;
  }

  /**
   * Initializes a class and gives what it has left here.
   *
   * @throws ClassNotFoundException if it is not in the jar
   */
  Function<Object[], @Nullable BiFunction<String, Object[], Object>> start(String name)
      throws ClassNotFoundException {
    Class.forName(name, true, this);
    return Objects.requireNonNull(start, name);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (advance.isHeldByCurrentThread() && advance.hasQueuedThreads()) {
      standStill();
    }
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  private void standStill() {
    advance.unlock();
    try {
      Thread.sleep(STILL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    JarEntry entry = jar.getJarEntry(entryName(name.replace('.', '/') + CLASS));
    if (entry == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = allBytes(in, (int) entry.getSize());
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Into one array, as hundreds of classes are read while an app waits for its first answer. */
  private static byte[] allBytes(InputStream in, int size) throws IOException {
    byte[] bytes = new byte[Math.max(0, size)];
    int length = 0;
    while (length < size) {
      int count = in.read(bytes, length, size - length);
      if (count < 0) {
        throw new EOFException("the jar says " + size + " bytes and has " + length);
      }
      length += count;
    }
    return bytes;
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    JarEntry entry = jar.getJarEntry(entryName(name));
    if (entry == null) {
      return super.getResourceAsStream(name);
    }
    try {
      return jar.getInputStream(entry);
    } catch (IOException e) {
      // The contract of this method: what cannot be read is not there.
      return null;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    String entry = entryName(name);
    if (jar.getJarEntry(entry) == null) {
      return null;
    }
    try {
      return new URL("jar:" + file.toURI() + "!/" + entry);
    } catch (MalformedURLException e) {
      // The JDK knows the protocol; without it there is no resource to be had.
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }

  private static String entryName(String resource) {
    return resource.endsWith(CLASS)
        ? FOLDER + resource.substring(0, resource.length() - CLASS.length()) + HIDDEN_CLASS
        : FOLDER + resource;
  }
}
