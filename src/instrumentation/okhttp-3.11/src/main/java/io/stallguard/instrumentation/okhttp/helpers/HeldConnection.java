package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.engine.Lane;
import io.stallguard.core.wire.Holdup;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** The connection that a call holds at this moment, which OkHttp's API does not tell. */
final class HeldConnection {
  /** Fields from a call to its connection: since 4.0, of 3.13 and 3.14, before. */
  private static final String[][] WAYS = {
    {"connection"},
    {"transmitter", "connection"},
    {"retryAndFollowUpInterceptor", "streamAllocation", "connection"}
  };

  /** Fields of a connection with those who hold it, in the same order. */
  private static final String[] HOLDERS = {"calls", "transmitters", "allocations"};

  /** Fields that say that a connection takes no new calls, in the same order. */
  private static final String[] RETIRED = {"noNewExchanges", "noNewStreams"};

  /** The lanes of connections of HTTP/2. */
  private static final Map<Connection, Lane> LANES =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Connection connection;

  private HeldConnection(Connection connection) {
    this.connection = connection;
  }

  /** The connection of a call; null if it has none any more, or none that can be had. */
  static @Nullable HeldConnection of(Call call) {
    Object end = Insides.end(call, WAYS);
    return end instanceof Connection ? new HeldConnection((Connection) end) : null;
  }

  /** The lane that the calls of a connection of HTTP/2 share; null if that cannot be had. */
  static @Nullable Lane laneOf(Call call) {
    HeldConnection held = of(call);
    return held == null || !held.isMultiplexed()
        ? null
        : LANES.computeIfAbsent(held.connection, connection -> new Lane());
  }

  /**
   * Has the connection take no new calls: it is left when the next one comes, and closed with its
   * last one.
   *
   * @return false if that cannot be had
   */
  boolean retire() throws IllegalAccessException {
    for (String name : RETIRED) {
      Field retired = Insides.field(connection.getClass(), name);
      if (retired != null) {
        retired.setBoolean(connection, true);
        return true;
      }
    }
    return false;
  }

  /** Whether this version of OkHttp is one of those known here. */
  static boolean canBeTold(Call call) {
    for (String[] way : WAYS) {
      if (Insides.field(call.getClass(), way[0]) != null) {
        return true;
      }
    }
    return false;
  }

  boolean isSameAs(HeldConnection other) {
    return connection == other.connection;
  }

  /**
   * The lock that OkHttp takes while a call gives the connection back: the connection, or before
   * 4.0 its pool.
   */
  Object lock() {
    Object pool =
        Insides.value(connection, HOLDERS[0]) == null
            ? Insides.value(connection, "connectionPool")
            : null;
    return pool == null ? connection : pool;
  }

  /** What leaves the connection's server no room to send. */
  Holdup usedRoom() {
    return Holdup.ofRoom(
        connection,
        () ->
            ConnectionWindow.unread(this)
                + " bytes that nobody has read, of "
                + streams().size()
                + " answers on its connection, this one included: that");
  }

  boolean isMultiplexed() {
    Protocol protocol = connection.protocol();
    return protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
  }

  /** The socket under TLS, and under what the app's factory has put around it. */
  Socket rawSocket() {
    Object raw = Insides.value(connection, "rawSocket");
    return raw instanceof Socket ? (Socket) raw : connection.socket();
  }

  /**
   * The streams of HTTP/2 that its calls have, those included that have ended and were not read.
   */
  List<HeldStream> streams() {
    List<HeldStream> streams = new ArrayList<>();
    synchronized (lock()) {
      for (String name : HOLDERS) {
        Object holders = Insides.value(connection, name);
        if (holders instanceof Collection) {
          ((Collection<?>) holders).forEach(holder -> add(streams, held(holder)));
        }
      }
    }
    return streams;
  }

  private static void add(List<HeldStream> streams, @Nullable Object holder) {
    HeldStream stream = holder == null ? null : HeldStream.of(holder);
    if (stream != null) {
      streams.add(stream);
    }
  }

  /** OkHttp's object that reads and writes the frames, null if that cannot be had. */
  @Nullable Object frames() {
    return Insides.value(connection, "http2Connection");
  }

  /** Whether all that hold the connection are known, and among these. */
  boolean isOnlyOf(Set<Call> calls) {
    for (String name : HOLDERS) {
      Object holders = Insides.value(connection, name);
      if (holders instanceof Collection) {
        return areAllOf(calls, new ArrayList<>((Collection<?>) holders));
      }
    }
    return false;
  }

  private static boolean areAllOf(Set<Call> calls, Collection<?> holders) {
    for (Object holder : holders) {
      Object held = held(holder);
      Object call = held == null || held instanceof Call ? held : Insides.value(held, "call");
      // Null: abandoned, and its stream with it.
      if (call != null && !calls.contains(call)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Object held(Object holder) {
    return holder instanceof Reference ? ((Reference<?>) holder).get() : holder;
  }
}
