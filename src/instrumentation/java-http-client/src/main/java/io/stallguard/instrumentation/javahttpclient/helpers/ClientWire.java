package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.wire.SocketLook;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What the client has received, or could, and not delivered yet: in fields of its own. Threads for
 * looks.
 */
final class ClientWire {
  // The one way from a body's subscription to its connection leads through the action that cancels
  // it, a lambda of the client's, which holds what it was made in. An exchange that still waits for
  // its head has no subscription: there what carries it out is looked at itself.
  //
  // Plain HTTP/1.1: the selector reads the socket and has a task of the executor deliver, through
  // one sequential scheduler. HTTP/2: the same up to the frames of the connection, and the thread
  // that takes those apart runs the scheduler of each stream. A scheduler that is not at rest is
  // running, or waits for a thread. Under TLS there is one more before either, and one in the
  // selector's thread before that.

  private static final String PACKAGE = "jdk.internal.net.http.";

  private final Class<?> receiverType;
  private final Class<?> streamType;
  private final Class<?> dataType;
  private final @Nullable Field wrapped;
  private final Field baseScheduler;
  private final Field baseCancel;
  private final Field delegateScheduler;
  private final Field delegateCancel;
  private final ClientSchedulers schedulers;
  private final Field receiverExchange;
  private final Field exchangeConnection;
  private final Method channel;
  private final Field streamConnection;
  private final Field frames;
  private final Field socketConnection;
  private final Field streams;
  private final Field connectionFrames;
  private final Field connectionScheduler;
  private final Field connectionQueue;
  private final Field window;
  private final Field windowSize;
  private final Field consumed;
  private final Method payload;
  private final ClientConnections connections;
  private final ClientReader reader;
  private final ClientHead head;

  private ClientWire(ClassLoader client) throws ReflectiveOperationException {
    Types types = new Types(client);
    this.receiverType = types.of("Http1AsyncReceiver");
    this.streamType = types.of("Stream");
    this.dataType = types.of("frame.DataFrame");
    this.wrapped = types.wrapped();
    Class<?> base = types.of("common.SubscriptionBase");
    this.baseScheduler = field(base, "scheduler");
    this.baseCancel = field(base, "cancelAction");
    Class<?> delegate = types.of("Http1AsyncReceiver$Http1AsyncDelegateSubscription");
    this.delegateScheduler = field(delegate, "scheduler");
    this.delegateCancel = field(delegate, "onCancel");
    this.schedulers = new ClientSchedulers(types.of("common.SequentialScheduler"));
    this.receiverExchange = field(receiverType, "owner");
    this.exchangeConnection = field(types.of("Http1Exchange"), "connection");
    this.channel = Opened.of(types.of("HttpConnection").getDeclaredMethod("channel"));
    this.streamConnection = field(streamType, "connection");
    this.frames = field(streamType, "inputQ");
    Class<?> connection = types.of("Http2Connection");
    this.socketConnection = field(connection, "connection");
    this.streams = field(connection, "streams");
    this.connectionFrames = field(connection, "subscriber");
    Class<?> tube = types.of("Http2Connection$Http2TubeSubscriber");
    this.connectionScheduler = field(tube, "scheduler");
    this.connectionQueue = field(tube, "queue");
    this.window = field(connection, "windowUpdater");
    this.windowSize =
        field(types.of("Http2Connection$ConnectionWindowUpdateSender"), "initialWindowSize");
    this.consumed = field(types.of("WindowUpdateSender"), "received");
    this.connections = new ClientConnections(connection);
    this.reader = new ClientReader(types::of);
    this.head = new ClientHead(types::of);
    this.payload = Opened.of(dataType.getDeclaredMethod("payloadLength"));
  }

  /**
   * Looks where this JDK keeps it all.
   *
   * @throws ReflectiveOperationException if it keeps any of it elsewhere
   */
  static ClientWire of(ClassLoader client) throws ReflectiveOperationException {
    return new ClientWire(client);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    return Opened.of(type.getDeclaredField(name));
  }

  ClientConnections connections() {
    return connections;
  }

  /** Whether nothing of this body waits behind the connection. */
  boolean isBodyAtRest(Object subscription) throws ReflectiveOperationException {
    Object body = unwrapped(subscription);
    if (delegateScheduler.getDeclaringClass().isInstance(body)) {
      return schedulers.isAtRest(delegateScheduler, body);
    }
    Object stream = stream(body);
    return stream == null
        || (schedulers.isAtRest(baseScheduler, body) && ((Queue<?>) frames.get(stream)).isEmpty());
  }

  /** Whether nothing waits in a connection itself, for whatever stream of it. */
  boolean isConnectionAtRest(Object subscription) throws ReflectiveOperationException {
    Object connection = connection(unwrapped(subscription));
    if (connection != null && !reader.isAtRest(connection, schedulers)) {
      return false;
    }
    Object multiplexed = multiplexed(subscription);
    return multiplexed == null
        || schedulers.isAtRest(connectionScheduler, connectionFrames.get(multiplexed));
  }

  /** Whether the head of an exchange is there; of what carries it out. */
  boolean hasHead(Object carrier) throws ReflectiveOperationException {
    return head.isThere(carrier);
  }

  /** How many bytes wait in the socket; before JDK 13 one stands for any number, or for the end. */
  int bytesInSocket(Object subscription) throws ReflectiveOperationException {
    Socket socket = socket(subscription);
    return socket == null ? 0 : SocketLook.waiting(socket);
  }

  /** Whether nobody reads that socket any more, though bytes of it are wanted. */
  boolean isLeftUnread(Object subscription) throws ReflectiveOperationException {
    Object connection = connection(unwrapped(subscription));
    Object socket = connection == null ? null : channel.invoke(connection);
    return connection != null
        && socket instanceof SocketChannel
        && reader.hasLeft(connection, (SocketChannel) socket);
  }

  /** The socket that a body comes by, null if that cannot be had. */
  @Nullable Socket socket(Object subscription) throws ReflectiveOperationException {
    Object connection = connection(unwrapped(subscription));
    Object socket = connection == null ? null : channel.invoke(connection);
    return socket instanceof SocketChannel ? ((SocketChannel) socket).socket() : null;
  }

  private @Nullable Object connection(Object body) throws IllegalAccessException {
    Object multiplexed = connectionOfStream(body);
    if (multiplexed != null) {
      return socketConnection.get(multiplexed);
    }
    if (exchangeConnection.getDeclaringClass().isInstance(body)) {
      return exchangeConnection.get(body);
    }
    return delegateScheduler.getDeclaringClass().isInstance(body)
        ? connectionOfReceiver(body)
        : null;
  }

  /** What a connection of HTTP/2 takes apart next: another object each time, if it gets on. */
  @Nullable Object nextOfConnection(Object subscription) throws ReflectiveOperationException {
    Object connection = multiplexed(subscription);
    return connection == null
        ? null
        : ((Queue<?>) connectionQueue.get(connectionFrames.get(connection))).peek();
  }

  /** The connection of HTTP/2 that a body comes by, null if there is none. */
  @Nullable Object multiplexed(Object subscription) throws ReflectiveOperationException {
    return connectionOfStream(unwrapped(subscription));
  }

  private @Nullable Object connectionOfStream(Object body) throws IllegalAccessException {
    Object stream = streamType.isInstance(body) ? body : stream(body);
    return stream == null ? null : streamConnection.get(stream);
  }

  /** Whether the server may send nothing because of what was received and not read. */
  boolean isWindowUsedUp(Object subscription) throws ReflectiveOperationException {
    Object connection = multiplexed(subscription);
    if (connection == null) {
      return false;
    }
    Object sender = window.get(connection);
    long left = windowSize.getInt(sender) - ((Number) consumed.get(sender)).longValue();
    for (Object sibling : ((Map<?, ?>) streams.get(connection)).values()) {
      left -= unread(sibling);
    }
    return left <= 0;
  }

  private long unread(Object stream) throws ReflectiveOperationException {
    long bytes = 0;
    for (Object frame : (Queue<?>) frames.get(stream)) {
      if (dataType.isInstance(frame)) {
        bytes += (Integer) payload.invoke(frame);
      }
    }
    return bytes;
  }

  private Object unwrapped(Object subscription) throws IllegalAccessException {
    return wrapped != null && wrapped.getDeclaringClass().isInstance(subscription)
        ? wrapped.get(subscription)
        : subscription;
  }

  /** The stream of a body; null if it is none of HTTP/2. */
  private @Nullable Object stream(Object body) throws IllegalAccessException {
    return baseCancel.getDeclaringClass().isInstance(body)
        ? held(baseCancel.get(body), streamType)
        : null;
  }

  private @Nullable Object connectionOfReceiver(Object body) throws IllegalAccessException {
    Object receiver = held(delegateCancel.get(body), receiverType);
    Object exchange = receiver == null ? null : receiverExchange.get(receiver);
    return exchange == null ? null : exchangeConnection.get(exchange);
  }

  /** The value of a type that a lambda holds. */
  private static @Nullable Object held(Object lambda, Class<?> type) throws IllegalAccessException {
    for (Field field : lambda.getClass().getDeclaredFields()) {
      Object value = Opened.of(field).get(lambda);
      if (type.isInstance(value)) {
        return value;
      }
    }
    return null;
  }

  /** The client's classes. */
  private static final class Types {
    private final ClassLoader client;

    Types(ClassLoader client) {
      this.client = client;
    }

    Class<?> of(String name) throws ClassNotFoundException {
      return Class.forName(PACKAGE + name, false, client);
    }

    /**
     * The field that unwraps a subscriber; null before JDK 19 or so, where nothing is wrapped
     * around what the subscriber gets.
     */
    @Nullable Field wrapped() throws NoSuchFieldException {
      try {
        return field(of("common.HttpBodySubscriberWrapper$SubscriptionWrapper"), "subscription");
      } catch (ClassNotFoundException e) {
        // Then nothing has to be unwrapped.
        return null;
      }
    }
  }
}
