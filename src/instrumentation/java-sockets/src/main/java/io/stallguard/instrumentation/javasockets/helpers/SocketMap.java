package io.stallguard.instrumentation.javasockets.helpers;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each socket for as long as the socket is there, by identity. Asked when a stream
 * is made and when a request is written, never in a read. Any thread.
 */
final class SocketMap<V> {
  private final Map<Key, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Socket> collected = new ReferenceQueue<>();

  /** The value of a socket, made if it is new. The value must not hold the socket. */
  V computeIfAbsent(Socket socket, Function<Socket, V> make) {
    expunge();
    V value = values.get(new Key(socket, null));
    if (value != null) {
      return value;
    }
    V made = make.apply(socket);
    V other = values.putIfAbsent(new Key(socket, collected), made);
    return other != null ? other : made;
  }

  private void expunge() {
    for (Reference<?> key = collected.poll(); key != null; key = collected.poll()) {
      values.remove(key);
    }
  }

  int size() {
    expunge();
    return values.size();
  }

  /** A socket by its identity; an app's own kind may call others equal. */
  private static final class Key extends WeakReference<Socket> {
    private final int hash;

    Key(Socket socket, @Nullable ReferenceQueue<Socket> queue) {
      super(socket, queue);
      this.hash = System.identityHashCode(socket);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Socket socket = get();
      return other instanceof Key && socket != null && socket == ((Key) other).get();
    }
  }
}
