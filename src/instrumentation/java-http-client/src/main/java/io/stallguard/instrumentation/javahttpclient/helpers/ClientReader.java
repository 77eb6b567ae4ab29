package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.wire.SelectorLook;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The thread that reads the sockets of a JDK's client, and what is asked of it: an error, for want
 * of memory say, may end it, or leave a connection that it reads no more and of which nobody is
 * told. Threads for looks.
 */
final class ClientReader {
  // Nobody reads a socket if that thread has ended. If it lives it reads once its selector says so:
  // not for a key that has no interest in reading. That is how a connection looks, too, whose bytes
  // nobody has asked for, as when a pool that takes TLS apart is busy. So it counts only together
  // with what asks for bytes in vain, or with a reading that is over. In a client that works each
  // of these lasts for moments; whoever asks does so again and again for a whole limit.

  private final Field client;
  private final Field manager;

  /** The field of the thread that reads; null before JDK 26, where the manager is that thread. */
  private final @Nullable Field thread;

  private final Field selector;
  private final Field secured;
  private final Field tunnelled;
  private final Method flow;
  private final Field publisher;
  private final Field reading;
  private final Field demand;
  private final Method isFulfilled;
  private final Field scheduler;
  private final Method isStopped;
  private final Field completed;
  private final ClientTls tls;

  /**
   * Finds the members of all clients.
   *
   * @throws ReflectiveOperationException if this JDK has it otherwise
   */
  ClientReader(Types types) throws ReflectiveOperationException {
    Class<?> connection = types.of("HttpConnection");
    Class<?> clients = types.of("HttpClientImpl");
    this.client = field(connection, "client");
    this.manager = field(clients, "selmgr");
    this.thread =
        Thread.class.isAssignableFrom(manager.getType()) ? null : field(clients, "selmgrThread");
    this.selector = field(manager.getType(), "selector");
    this.secured = field(types.of("AsyncSSLConnection"), "plainConnection");
    this.tunnelled = field(types.of("AsyncSSLTunnelConnection"), "plainConnection");
    this.flow = Opened.of(connection.getDeclaredMethod("getConnectionFlow"));
    this.publisher = field(types.of("SocketTube"), "readPublisher");
    this.reading = field(publisher.getType(), "subscriptionImpl");
    this.demand = field(reading.getType(), "demand");
    this.isFulfilled = Opened.of(demand.getType().getDeclaredMethod("isFulfilled"));
    this.scheduler = field(reading.getType(), "readScheduler");
    this.isStopped = Opened.of(scheduler.getType().getDeclaredMethod("isStopped"));
    this.completed = field(reading.getType(), "completed");
    this.tls = new ClientTls(types);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    return Opened.of(type.getDeclaredField(name));
  }

  /** Whether all that was read from a connection's socket is where it is taken apart, or behind. */
  boolean isAtRest(Object connection, ClientSchedulers schedulers)
      throws ReflectiveOperationException {
    Object tube = flow.invoke(lowest(connection));
    boolean reads =
        publisher.getDeclaringClass().isInstance(tube)
            && !schedulers.isAtRest(scheduler, reading.get(publisher.get(tube)));
    return !reads && tls.isAtRest(flow.invoke(connection), schedulers);
  }

  /** Whether nobody will read this connection's socket any more, as far as can be seen now. */
  boolean hasLeft(Object connection, SocketChannel socket) throws ReflectiveOperationException {
    Object owner = client.get(connection);
    Object reads = thread == null ? manager.get(owner) : thread.get(owner);
    if (!((Thread) reads).isAlive() || tls.hasStopped(flow.invoke(connection))) {
      return true;
    }
    Selector own = (Selector) selector.get(manager.get(owner));
    return owesReading(connection)
        && !isSelected(socket, own)
        && SelectorLook.isSelecting((Thread) reads);
  }

  private static boolean isSelected(SocketChannel socket, Selector selector) {
    SelectionKey key = socket.keyFor(selector);
    try {
      return key != null && (key.interestOps() & SelectionKey.OP_READ) != 0;
    } catch (CancelledKeyException e) {
      return false;
    }
  }

  /** Whether bytes are asked for, or the reading has come to an end. */
  private boolean owesReading(Object connection) throws ReflectiveOperationException {
    Object tube = flow.invoke(lowest(connection));
    if (!publisher.getDeclaringClass().isInstance(tube)) {
      return false;
    }
    Object asked = reading.get(publisher.get(tube));
    return completed.getBoolean(asked)
        || (Boolean) isStopped.invoke(scheduler.get(asked))
        || !((Boolean) isFulfilled.invoke(demand.get(asked)));
  }

  /** The connection below TLS. */
  private Object lowest(Object connection) throws IllegalAccessException {
    for (Field below : new Field[] {secured, tunnelled}) {
      if (below.getDeclaringClass().isInstance(connection)) {
        return below.get(connection);
      }
    }
    return connection;
  }

  /** The client's classes, by their names in its package. */
  interface Types {
    /** The class of this name. */
    Class<?> of(String name) throws ClassNotFoundException;
  }
}
