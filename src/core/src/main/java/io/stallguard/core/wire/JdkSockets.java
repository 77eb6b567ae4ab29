package io.stallguard.core.wire;

import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/** The JDK's own access to what does the work of a socket. Any thread. */
final class JdkSockets {
  /**
   * The access of this JVM. It is no field of RawSocket's, as who opens the packages asks that one
   * for their names before.
   */
  static final JdkSockets FOUND = found();

  private final @Nullable Field implementation;
  private final @Nullable Method descriptor;
  private final @Nullable Method port;
  private final @Nullable Method available;
  private final @Nullable Method shutDownInput;
  private final @Nullable Method close;
  private final Descriptors descriptors = Descriptors.find();
  private final ClosingSocket closing = ClosingSocket.find();
  private final ChannelSocket channels = ChannelSocket.find(descriptors);

  private JdkSockets(
      @Nullable Field implementation,
      @Nullable Method descriptor,
      @Nullable Method port,
      @Nullable Method available,
      @Nullable Method shutDownInput,
      @Nullable Method close) {
    this.implementation = implementation;
    this.descriptor = descriptor;
    this.port = port;
    this.available = available;
    this.shutDownInput = shutDownInput;
    this.close = close;
  }

  // The app's classes may be on the stack, and under a security manager their rights would count.
  @SuppressWarnings("removal")
  private static JdkSockets found() {
    return AccessController.doPrivileged(
        new PrivilegedAction<JdkSockets>() {
          @Override
          public JdkSockets run() {
            return find();
          }
        });
  }

  private static JdkSockets find() {
    try {
      Field field = Socket.class.getDeclaredField("impl");
      field.setAccessible(true);
      return new JdkSockets(
          field,
          method("getFileDescriptor"),
          method("getPort"),
          method("available"),
          method("shutdownInput"),
          method("close"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another JDK, or not opened: sockets are closed as everybody closes them.
      return new JdkSockets(null, null, null, null, null, null);
    }
  }

  private static Method method(String name) throws NoSuchMethodException {
    Method method = SocketImpl.class.getDeclaredMethod(name);
    method.setAccessible(true);
    return method;
  }

  @Nullable SocketImpl implementation(Socket socket) {
    return implementation == null ? null : (SocketImpl) RawSocket.value(implementation, socket);
  }

  /**
   * Whether the socket is the JDK's own. The reader of an app's may hold a lock that others wait
   * for.
   */
  static boolean isOfJdk(SocketImpl socket) {
    return socket.getClass().getClassLoader() == null;
  }

  /**
   * Whether to ask and to close a socket waits for nobody: it is the JDK's own, does not linger
   * when it is closed, and nobody is closing it. Only an app that has it linger and closes it
   * between this question and what follows would be waited for.
   */
  boolean isQuick(SocketImpl socket) {
    FileDescriptor open = isOfJdk(socket) ? descriptor(socket) : null;
    // In this order: while it is being closed the descriptor may be that of something else.
    return open != null && descriptors.closesAtOnce(open) && closing.isOpen(socket);
  }

  /** Whether a read of the socket would not wait, if that can be told. Takes no lock. */
  boolean isReadable(SocketImpl socket) {
    FileDescriptor open = isOfJdk(socket) ? descriptor(socket) : null;
    return open != null && closing.isOpen(socket) && descriptors.isReadable(open);
  }

  /** The socket's descriptor; null if it is not connected. */
  private @Nullable FileDescriptor descriptor(SocketImpl socket) {
    try {
      return isConnected(socket) ? (FileDescriptor) call(descriptor, socket) : null;
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      return null;
    }
  }

  int waiting(SocketImpl socket) {
    try {
      boolean known = isOfJdk(socket) && isConnected(socket);
      Object bytes = known ? call(available, socket) : null;
      return bytes == null ? RawSocket.UNKNOWN : (Integer) bytes;
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      // Closed meanwhile, or reset.
      return RawSocket.UNKNOWN;
    }
  }

  /** How many bytes wait in a socket of a channel, which has no implementation of its own. */
  int waitingInChannel(Socket socket) {
    return channels.waiting(socket);
  }

  boolean cut(SocketImpl socket) {
    try {
      if (!isConnected(socket)) {
        return false;
      }
      if (!remembersEnds(socket)) {
        wake(socket);
      }
      lingerNot(socket);
      call(close, socket);
      return true;
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Whether the socket is connected. The own socket of a wrapper may have been made, but was never
   * connected.
   */
  private boolean isConnected(SocketImpl socket)
      throws IllegalAccessException, InvocationTargetException {
    FileDescriptor open = (FileDescriptor) call(descriptor, socket);
    return open != null && open.valid() && !Integer.valueOf(0).equals(call(port, socket));
  }

  /**
   * Whether a socket whose input was shut down remembers that as the end of its stream, and says so
   * to who reads a byte of half an answer. Before JDK 13 it does: there the close alone wakes its
   * readers.
   */
  private static boolean remembersEnds(SocketImpl socket) {
    for (Class<?> type = socket.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(ClosingSocket.OLD_SOCKET)) {
        return true;
      }
    }
    return false;
  }

  /** Wakes readers, also those in native code of somebody else's, of whom the JDK does not know. */
  private void wake(SocketImpl socket) throws IllegalAccessException {
    try {
      call(shutDownInput, socket);
    } catch (InvocationTargetException e) {
      // The peer has reset the connection meanwhile.
    }
  }

  private static void lingerNot(SocketImpl socket) {
    try {
      socket.setOption(SocketOptions.SO_LINGER, 0);
    } catch (SocketException e) {
      // Closed meanwhile, or of a kind without lingering.
    }
  }

  private static @Nullable Object call(@Nullable Method method, SocketImpl socket)
      throws IllegalAccessException, InvocationTargetException {
    return method == null ? null : method.invoke(socket);
  }
}
