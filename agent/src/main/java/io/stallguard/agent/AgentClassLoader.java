package io.stallguard.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Loads what is hidden in the jar: everything under {@code inst/}, its classes named {@code
 * .classdata} so that no class path scanner takes them for the app's.
 */
final class AgentClassLoader extends ClassLoader
    implements Consumer<Function<Object[], @Nullable BiFunction<String, Object[], Object>>>,
        Predicate<String> {
  // Child first for our names, which the parent cannot have; all others are the JDK's. Reads the
  // jar itself: a URLClassLoader would start URL handlers and could hold a lock of the app's.

  private static final String OURS = "io.stallguard.";
  private static final String CLASS = ".class";
  private static final String HIDDEN_CLASS = ".classdata";

  /**
   * How long the thread that loads in advance stands still. Then it goes on, as it may hold what
   * somebody needs who runs at the end of the JVM.
   */
  private static final long STILL_MILLIS = 2_000;

  static {
    registerAsParallelCapable();
  }

  private final HiddenFiles hidden;
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
    this.hidden = new HiddenFiles(file, this);
    Permissions all = new Permissions();
    all.add(new AllPermission());
    this.domain = new ProtectionDomain(null, all);
  }

  /** Takes what a class in the jar leaves here, while it is initialized, for {@link #start}. */
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
    String file = fileName(name.replace('.', '/') + CLASS);
    try {
      byte[] bytes = hidden.bytes(file);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      Class<?> defined = defineClass(name, bytes, 0, bytes.length, domain);
      hidden.drop(file);
      return defined;
    } catch (IOException e) {
      throw new ClassNotFoundException(name + ": " + e.getMessage(), e);
    }
  }

  /** Whether a file is a class that has been defined: nobody reads it again. */
  @Override
  public boolean test(String file) {
    return file.endsWith(HIDDEN_CLASS) && findLoadedClass(className(file)) != null;
  }

  private static String className(String file) {
    return file.substring(0, file.length() - HIDDEN_CLASS.length()).replace('/', '.');
  }

  /** The files that are read here, with those that are kept in memory. */
  HiddenFiles hidden() {
    return hidden;
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    InputStream own = hidden.open(fileName(name));
    return own != null ? own : super.getResourceAsStream(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return hidden.urls().of(fileName(name));
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }

  private static String fileName(String resource) {
    return resource.endsWith(CLASS)
        ? resource.substring(0, resource.length() - CLASS.length()) + HIDDEN_CLASS
        : resource;
  }
}
