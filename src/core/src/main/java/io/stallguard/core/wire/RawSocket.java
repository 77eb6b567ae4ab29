package io.stallguard.core.wire;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.Socket;
import java.net.SocketImpl;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What is at the bottom of a socket, below TLS and below what an app makes of its methods. Any
 * thread.
 */
public final class RawSocket {
  /** The packages of the JDK that are looked into here: to be opened to this class's loader. */
  public static final List<String> OPENS =
      Collections.unmodifiableList(
          Arrays.asList("java.base/java.net", "java.base/sun.security.ssl", Descriptors.OPENS));

  /**
   * How many layers are looked through: more than anybody has, as what holds itself is no way down.
   */
  private static final int MOST_LAYERS = 8;

  static final int UNKNOWN = -1;

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
    return new RawSocket(lowest, JdkSockets.FOUND.implementation(lowest));
  }

  /**
   * The socket below a socket, null if there is none. Whoever speaks TLS has it in a field: the
   * JDK, Conscrypt, SDKs that wrap either. Of sockets without TLS the fields mean nothing: many may
   * share what is there.
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

  static @Nullable Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (IllegalAccessException | RuntimeException e) {
      // In a module that is not open: no way down here.
      return null;
    }
  }

  /**
   * Closes the socket. Only what is blocked in it ends: a reader, a writer.
   *
   * @return false if it is not there, not connected or closed already
   */
  boolean cut() {
    boolean cut = implementation != null && JdkSockets.FOUND.cut(implementation);
    if (cut && socket.getClass() == Socket.class) {
      markClosed();
    }
    return cut;
  }

  /**
   * Has the socket know that it is closed, as a pool may ask it; the JDK's own has nothing left to
   * wait for.
   */
  private void markClosed() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  /**
   * How many bytes wait in the socket to be read, without waiting for who reads. 0 where that
   * cannot be told: the socket is closed, or code of an app's does its work.
   */
  int waiting() {
    int bytes = implementation == null ? UNKNOWN : JdkSockets.FOUND.waiting(implementation);
    return bytes == UNKNOWN ? JdkSockets.FOUND.waitingInChannel(socket) : bytes;
  }

  /**
   * Whether to ask or to cut the socket waits for nobody: no reader, no code of an app's, no close.
   */
  boolean isQuick() {
    return implementation != null && JdkSockets.FOUND.isQuick(implementation);
  }

  /** Whether nothing waits in the socket but its end, or an error. No where that cannot be told. */
  boolean isAtEnd() {
    return implementation != null && JdkSockets.FOUND.isReadable(implementation) && waiting() == 0;
  }

  /** The socket at the bottom, with the methods that everybody has. */
  Socket socket() {
    return socket;
  }
}
