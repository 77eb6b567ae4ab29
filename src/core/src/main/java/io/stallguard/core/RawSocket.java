package io.stallguard.core;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** What is at the bottom of a socket, below TLS and below what an app makes of its methods. */
public final class RawSocket {
  /** Packages of the JDK that are looked into here: to be opened to this class's loader. */
  public static final List<String> OPENS =
      Collections.unmodifiableList(
          Arrays.asList("java.base/java.net", "java.base/sun.security.ssl"));

  /** More layers than anybody has: what holds itself is no way down. */
  private static final int MOST_LAYERS = 8;

  private static final String OF_A_CHANNEL = "sun.nio.ch.SocketAdaptor";
  private static final int UNKNOWN = -1;

  private final Socket socket;
  private final @Nullable SocketImpl implementation;

  private RawSocket(Socket socket, @Nullable SocketImpl implementation) {
    this.socket = socket;
    this.implementation = implementation;
  }

  static RawSocket under(Socket socket) {
    Socket lowest = socket;
    for (int layer = 0; layer < MOST_LAYERS && lowest instanceof SSLSocket; layer++) {
      Socket below = below(lowest);
      if (below == null) {
        break;
      }
      lowest = below;
    }
    return new RawSocket(lowest, Jdk.FOUND.implementation(lowest));
  }

  /**
   * Whoever speaks TLS has the one socket below in a field: the JDK, Conscrypt, SDKs that wrap
   * either. Of sockets without TLS the fields mean nothing: many may share what is there.
   */
  private static @Nullable Socket below(Socket socket) {
    for (Class<?> type = socket.getClass(); type != Socket.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Socket.class.isAssignableFrom(field.getType())
            && !Modifier.isStatic(field.getModifiers())) {
          Socket held = (Socket) value(field, socket);
          if (held != null && held != socket) {
            return held;
          }
        }
      }
    }
    return null;
  }

  private static @Nullable Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException | RuntimeException e) {
      // In a module that is not open: no way down here.
      return null;
    }
  }

  /**
   * Closes it. Only what is blocked in it ends: a reader, a writer.
   *
   * @return false if it is not there, not connected or closed already
   */
  boolean cut() {
    boolean cut = implementation != null && Jdk.FOUND.cut(implementation);
    if (cut && socket.getClass() == Socket.class) {
      markClosed();
    }
    return cut;
  }

  /** A pool may ask the socket; the JDK's own has nothing left to wait for. */
  private void markClosed() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  /**
   * How many bytes wait in it to be read, without waiting for who reads; 0 where that cannot be
   * told, as of one that is closed, or whose work is done by code of an app's.
   */
  int waiting() {
    int bytes = implementation == null ? UNKNOWN : Jdk.FOUND.waiting(implementation);
    return bytes == UNKNOWN ? waitingInChannel() : bytes;
  }

  /** Of the JDK's other kind of socket, whose stream says so without a lock of its reader's. */
  private int waitingInChannel() {
    if (!socket.getClass().getName().equals(OF_A_CHANNEL)) {
      return 0;
    }
    try {
      return socket.getInputStream().available();
    } catch (IOException | RuntimeException e) {
      // Closed meanwhile, or without blocking reads.
      return 0;
    }
  }

  /** The socket at the bottom, with the methods that everybody has. */
  Socket socket() {
    return socket;
  }

  /** The JDK's own access to what does the work of a socket. */
  private static final class Jdk {
    /** Not of the outer class: who opens the packages asks that one for their names before. */
    static final Jdk FOUND = found();

    private final @Nullable Field implementation;
    private final @Nullable Method descriptor;
    private final @Nullable Method port;
    private final @Nullable Method available;
    private final @Nullable Method shutDownInput;
    private final @Nullable Method close;

    private Jdk(
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
    private static Jdk found() {
      return AccessController.doPrivileged(
          new PrivilegedAction<Jdk>() {
            @Override
            public Jdk run() {
              return find();
            }
          });
    }

    private static Jdk find() {
      try {
        Field field = Socket.class.getDeclaredField("impl");
        field.setAccessible(true);
        return new Jdk(
            field,
            method("getFileDescriptor"),
            method("getPort"),
            method("available"),
            method("shutdownInput"),
            method("close"));
      } catch (ReflectiveOperationException | RuntimeException e) {
        // Another JDK, or not opened: sockets are closed as everybody closes them.
        return new Jdk(null, null, null, null, null, null);
      }
    }

    private static Method method(String name) throws NoSuchMethodException {
      Method method = SocketImpl.class.getDeclaredMethod(name);
      method.setAccessible(true);
      return method;
    }

    @Nullable SocketImpl implementation(Socket socket) {
      return implementation == null ? null : (SocketImpl) value(implementation, socket);
    }

    /** Not of an app's own: its reader may hold a lock that this would wait for. */
    int waiting(SocketImpl socket) {
      try {
        boolean known = socket.getClass().getClassLoader() == null && isConnected(socket);
        Object bytes = known ? call(available, socket) : null;
        return bytes == null ? UNKNOWN : (Integer) bytes;
      } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
        // Closed meanwhile, or reset.
        return UNKNOWN;
      }
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

    /** A wrapper's own may have been made, but was never connected. */
    private boolean isConnected(SocketImpl socket)
        throws IllegalAccessException, InvocationTargetException {
      FileDescriptor open = (FileDescriptor) call(descriptor, socket);
      return open != null && open.valid() && !Integer.valueOf(0).equals(call(port, socket));
    }

    /**
     * Before JDK 13 a socket whose input was shut down remembers that as the end of its stream, and
     * says so to who reads a byte of half an answer. There the close alone wakes its readers.
     */
    private static boolean remembersEnds(SocketImpl socket) {
      for (Class<?> type = socket.getClass(); type != null; type = type.getSuperclass()) {
        if (type.getName().equals("java.net.AbstractPlainSocketImpl")) {
          return true;
        }
      }
      return false;
    }

    /** Who waits in native code of somebody else's too, of whom the JDK does not know. */
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
}
