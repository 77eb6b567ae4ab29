package io.stallguard.core.wire;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** What waits in the sockets that NIO puts around its channels. Any thread. */
final class ChannelSocket {
  // From JDK 13 on the stream of such a socket says how many bytes wait, without a lock of its
  // reader's. Before, it always says none. There the kernel is asked, which says whether a read
  // would wait: what it tells of may be the end.

  private static final String SOCKET = "sun.nio.ch.SocketAdaptor";
  private static final String CHANNEL = "sun.nio.ch.SocketChannelImpl";

  /** In the JDK since its sockets of NIO tell what waits. */
  private static final String TELLING = "sun.nio.ch.NioSocketImpl";

  private final Descriptors descriptors;

  /** A channel's descriptor; null where its socket tells by itself, or it cannot be had. */
  private final @Nullable Field descriptor;

  private ChannelSocket(Descriptors descriptors, @Nullable Field descriptor) {
    this.descriptors = descriptors;
    this.descriptor = descriptor;
  }

  static ChannelSocket find(Descriptors descriptors) {
    return new ChannelSocket(descriptors, isThere(TELLING) ? null : descriptor());
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static @Nullable Field descriptor() {
    try {
      Field field = Class.forName(CHANNEL).getDeclaredField("fd");
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another JDK, or not opened.
      return null;
    }
  }

  /**
   * How many bytes wait in a socket, or one where something waits and it cannot be told how much; 0
   * if the socket is none of a channel's, or closed.
   */
  int waiting(Socket socket) {
    if (!socket.getClass().getName().equals(SOCKET) || socket.isClosed()) {
      return 0;
    }
    return descriptor == null ? available(socket) : isReadable(descriptor, socket) ? 1 : 0;
  }

  private static int available(Socket socket) {
    try {
      return socket.getInputStream().available();
    } catch (IOException | RuntimeException e) {
      // Closed meanwhile, or without blocking reads.
      return 0;
    }
  }

  private boolean isReadable(Field field, Socket socket) {
    Object channel = socket.getChannel();
    Object open =
        field.getDeclaringClass().isInstance(channel) ? RawSocket.value(field, channel) : null;
    return open instanceof FileDescriptor && descriptors.isReadable((FileDescriptor) open);
  }
}
