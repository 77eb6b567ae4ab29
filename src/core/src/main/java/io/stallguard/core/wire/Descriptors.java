package io.stallguard.core.wire;

import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel tells of a socket by its descriptor, without a lock of the socket's own. Any
 * thread.
 */
public final class Descriptors {
  // A socket's own methods wait for who closes it, and a close that lingers takes as long as the
  // app has said. The JDK's own calls of the kernel wait for nobody.
  //
  // A descriptor that is closed at this moment may be another socket's by then. So what is told
  // here is good for a question, and never for what is done to a socket.

  /** The package of the JDK that has the calls: to be opened to this class's loader. */
  public static final String OPENS = "java.base/sun.nio.ch";

  private static final String KERNEL = "sun.nio.ch.Net";

  private final @Nullable Method option;
  private final @Nullable Object anyFamily;
  private final @Nullable Method poll;
  private final int readable;

  private Descriptors(
      @Nullable Method option, @Nullable Object anyFamily, @Nullable Method poll, int readable) {
    this.option = option;
    this.anyFamily = anyFamily;
    this.poll = poll;
    this.readable = readable;
  }

  /**
   * Finds the JDK's calls; where it keeps them elsewhere, or closed, nothing is known of any
   * socket.
   */
  public static Descriptors find() {
    try {
      Class<?> kernel = Class.forName(KERNEL);
      return new Descriptors(
          method(
              kernel,
              "getSocketOption",
              FileDescriptor.class,
              ProtocolFamily.class,
              SocketOption.class),
          value(kernel, "UNSPEC"),
          method(kernel, "poll", FileDescriptor.class, int.class, long.class),
          ((Number) value(kernel, "POLLIN")).intValue());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return new Descriptors(null, null, null, 0);
    }
  }

  private static Method method(Class<?> of, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = of.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  private static Object value(Class<?> of, String name) throws ReflectiveOperationException {
    Field field = of.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }

  /** Whether to close the socket takes no time; no where that is not known. */
  public boolean closesAtOnce(FileDescriptor socket) {
    Object seconds =
        option == null ? null : call(option, socket, anyFamily, StandardSocketOptions.SO_LINGER);
    return seconds instanceof Integer && (Integer) seconds <= 0;
  }

  /**
   * Whether a read of the socket would not wait: for bytes, for the end, or as the connection is
   * broken. No where that is not known.
   */
  public boolean isReadable(FileDescriptor socket) {
    Object events = poll == null ? null : call(poll, socket, readable, 0L);
    return events instanceof Integer && (Integer) events != 0;
  }

  private static @Nullable Object call(Method method, @Nullable Object... arguments) {
    try {
      return method.invoke(null, arguments);
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      // Closed meanwhile.
      return null;
    }
  }
}
