package io.stallguard.tooling;

import java.io.IOException;
import java.io.InputStream;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import org.jspecify.annotations.Nullable;

/**
 * Defines the helpers of one module for one copy of its client: sees the client's classes through
 * the client's own loader, and ours through the agent's.
 *
 * <p>Held only by a {@link ClassValue} of the client's class, and goes with it.
 */
final class HelperLoader extends ClassLoader {
  private static final String OURS = "io.stallguard.";
  private static final String HELPERS = ".helpers.";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader agent;

  HelperLoader(@Nullable ClassLoader client, ClassLoader agent) {
    super(client);
    this.agent = agent;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    return name.contains(HELPERS) ? helper(name) : agent.loadClass(name);
  }

  private Class<?> helper(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  // Helpers load one another whenever they first need to, with the app's classes on the stack, and
  // under a security manager their rights would count.
  @SuppressWarnings("removal")
  private Class<?> define(String name) throws ClassNotFoundException {
    if (System.getSecurityManager() == null) {
      return read(name);
    }
    try {
      return AccessController.doPrivileged((PrivilegedExceptionAction<Class<?>>) () -> read(name));
    } catch (PrivilegedActionException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private Class<?> read(String name) throws ClassNotFoundException {
    try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = Bytes.all(in);
      return defineClass(name, bytes, 0, bytes.length, HelperLoader.class.getProtectionDomain());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
