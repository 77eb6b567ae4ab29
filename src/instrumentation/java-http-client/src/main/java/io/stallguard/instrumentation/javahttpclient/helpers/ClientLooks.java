package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.SilentConnection;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.PoolProbe;
import io.stallguard.core.wire.PoolProbes;
import io.stallguard.core.wire.PoolThreads;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What is shared by the looks at all exchanges of the JDK's clients. Any thread. */
final class ClientLooks {
  /**
   * How many moments are looked at: on a connection that is never idle there are some in which
   * nothing waits.
   */
  private static final int SAMPLES = 20;

  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final PoolProbes probes = new PoolProbes();
  private final Engine engine;
  private final @Nullable ClientWire wire;

  private ClientLooks(Engine engine, @Nullable ClientWire wire) {
    this.engine = engine;
    this.wire = wire;
  }

  /** Looks at the client's own fields, if they are where they are known to be. */
  static ClientLooks of(Engine engine, ClassLoader client) {
    try {
      return new ClientLooks(engine, ClientWire.of(client));
    } catch (ReflectiveOperationException | RuntimeException e) {
      engine.inform(
          "java-http-client: JDK "
              + System.getProperty("java.version")
              + " keeps its windows elsewhere ("
              + e
              + "): verdicts on HTTP/2 come one limit later");
      return new ClientLooks(engine, null);
    }
  }

  /** Whether it can be seen what the client has received. */
  boolean seesWire() {
    return wire != null;
  }

  /** The peer of the connection that a body comes by, null if that cannot be seen. */
  @Nullable SocketAddress peer(@Nullable Object upstream) {
    try {
      Socket socket = wire == null || upstream == null ? null : wire.socket(upstream);
      return socket == null ? null : socket.getRemoteSocketAddress();
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Has the connection of HTTP/2 of an exchange that was released take no new ones, if it is
   * silent: before the app is told, which may ask again at once.
   *
   * @param siblingsAreKnown whether its lane tells of others, who else are not to be there
   */
  void retireIfSilent(Guard released, @Nullable Object upstream, boolean siblingsAreKnown) {
    ClientWire seen = wire;
    if (seen == null || upstream == null || !SilentConnection.isOf(released)) {
      return;
    }
    try {
      Object connection = seen.multiplexed(upstream);
      if (connection != null && (siblingsAreKnown || seen.connections().isAlone(connection))) {
        seen.connections().retire(connection);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the next exchange may wait as long as this one.
    }
  }

  /**
   * Has a connection that takes no new exchanges closed, once it has none and its resets have had
   * the time to be written. Threads of ours only.
   */
  void closeIfRetired(@Nullable Object upstream) {
    ClientWire seen = wire;
    if (seen == null || upstream == null) {
      return;
    }
    try {
      Object connection = seen.multiplexed(upstream);
      if (connection != null && seen.connections().isRetired(connection)) {
        engine.callbacks().tidyLater(() -> close(seen.connections(), connection));
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then it waits for the server.
    }
  }

  private static void close(ClientConnections connections, Object connection) {
    try {
      connections.closeIfUnused(connection);
    } catch (ReflectiveOperationException e) {
      // It cannot be closed twice, say: what is left of it is the client's.
    }
  }

  /** The callbacks of the engine. */
  AppCallbacks callbacks() {
    return engine.callbacks();
  }

  PoolProbe probe(Executor executor) {
    return probes.of(executor);
  }

  /**
   * What keeps a verdict: a client's executor, null if it is not known; or what has unread bodies
   * or a selector.
   */
  Holdup holdup(@Nullable Executor asked) {
    return asked == null
        ? Holdup.of("its client")
        : Holdup.of(
            asked,
            () -> "its client, whose executor is " + PoolThreads.describe(asked) + ",",
            () -> probe(asked).threads().alive());
  }

  /** The way from the socket to a subscriber, as it is seen in some moments. */
  Way way(Object upstream) throws ReflectiveOperationException {
    ClientWire seen = wire;
    return seen == null ? Way.CLEAR : way(seen, upstream);
  }

  private Way way(ClientWire seen, Object upstream) throws ReflectiveOperationException {
    // From the socket on: what was in it once it was empty lies behind it.
    int first = seen.bytesInSocket(upstream);
    Object next = seen.nextOfConnection(upstream);
    boolean drained = false;
    boolean moved = false;
    boolean fetched = false;
    int last = first;
    for (int i = 0; i < SAMPLES; i++) {
      int bytes = seen.bytesInSocket(upstream);
      drained |= bytes <= 0;
      if (drained && seen.isConnectionAtRest(upstream) && seen.isBodyAtRest(upstream)) {
        return Way.CLEAR;
      }
      fetched |= bytes < last || seen.nextOfConnection(upstream) != next;
      last = bytes;
      moved |= bytes != first || seen.nextOfConnection(upstream) != next;
      LockSupport.parkNanos(this, BETWEEN_NANOS);
    }
    if (!drained && !fetched && seen.isLeftUnread(upstream)) {
      return Way.UNFETCHED;
    }
    if (moved && seen.isBodyAtRest(upstream)) {
      return Way.FLOWS;
    }
    return drained && !moved ? Way.STANDS : Way.HELD;
  }

  /** How many bytes wait in the socket. */
  int bytesInSocket(Object upstream) throws ReflectiveOperationException {
    return wire == null ? 0 : wire.bytesInSocket(upstream);
  }

  /** Whether the client has the head of an exchange; of what carries it out. */
  boolean hasHead(Object carrier) throws ReflectiveOperationException {
    return wire != null && wire.hasHead(carrier);
  }

  /** Whether the server may send nothing. */
  boolean isWindowUsedUp(Object upstream) throws ReflectiveOperationException {
    return wire != null && wire.isWindowUsedUp(upstream);
  }

  /** What can be seen of a way from the socket to a subscriber. */
  enum Way {
    /** Nothing was on the way at one moment. */
    CLEAR,
    /** There was something on the way all the time, of others, and it moved. */
    FLOWS,
    /** The socket was empty and the schedulers at work, and nothing moved. */
    STANDS,
    /** Bytes were in its socket, and the client has ceased to read there. */
    UNFETCHED,
    /** There was something on the way all the time. */
    HELD
  }
}
