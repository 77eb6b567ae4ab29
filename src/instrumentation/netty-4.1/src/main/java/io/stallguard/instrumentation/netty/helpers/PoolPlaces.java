package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.AttributeKey;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The places for streams on a connection of HTTP/2 that its pool does not give away any more. */
final class PoolPlaces {
  // Netty has no state for a connection that takes no new streams, but for a GOAWAY of the server.
  // What a pool makes of that differs, and it has to be such that no request of the app's fails.
  //
  // Reactor Netty: since it has a pool for HTTP/2 this passes over a connection by which a GOAWAY
  // came, and who was given it just before asks for another. With the highest number for the last
  // stream nothing that is open ends by it, and Netty opens further streams. Before, the pool is
  // one of connections, and drops those that are noted as not to be kept.
  //
  // AWS SDK: behind a GOAWAY its pool fails whoever has a place on the connection and no stream
  // yet. So all its places are taken instead, as its pool itself does before it closes an idle
  // connection: who has one keeps it, and who asks finds none. The count is then below zero by
  // those that are in use.
  //
  // Other clients are left alone.

  private static final String REACTOR_CHANNELS = "$PERSISTENT_CHANNEL";
  private static final String AWS =
      "software.amazon.awssdk.http.nio.netty.internal.http2.Http2MultiplexedChannelPool"
          + ".MULTIPLEXED_CHANNEL";
  private static final String AWS_FREE = "availableChildChannels";
  private static final String AWS_ALL = "maxConcurrencyPerConnection";

  /** The pool's count of free places; null where it does not count. */
  private final @Nullable AtomicLong free;

  private PoolPlaces(@Nullable AtomicLong free) {
    this.free = free;
  }

  /**
   * Has the pool of a connection give it to nobody any more. On its event loop.
   *
   * @param stream of it, by whose handlers its client is known
   * @return null if there is no way
   */
  static @Nullable PoolPlaces taken(Channel connection, Channel stream) {
    Object record = value(connection, AWS);
    if (record != null) {
      return ofAws(record);
    }
    return Surroundings.isReactor(stream.pipeline()) && ofReactor(connection)
        ? new PoolPlaces(null)
        : null;
  }

  private static @Nullable PoolPlaces ofAws(Object record) {
    try {
      AtomicLong free = (AtomicLong) field(record, AWS_FREE).get(record);
      free.addAndGet(-field(record, AWS_ALL).getLong(record));
      return new PoolPlaces(free);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version: it stays in use.
      return null;
    }
  }

  private static Field field(Object of, String name) throws NoSuchFieldException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static boolean ofReactor(Channel connection) {
    Http2FrameCodec codec = connection.pipeline().get(Http2FrameCodec.class);
    if (codec == null) {
      return false;
    }
    if (AttributeKey.exists(REACTOR_CHANNELS)) {
      connection.attr(AttributeKey.<Object>valueOf(REACTOR_CHANNELS)).set(false);
    }
    return goesAway(codec.connection());
  }

  private static boolean goesAway(Http2Connection connection) {
    try {
      if (!connection.goAwayReceived()) {
        connection.goAwayReceived(Integer.MAX_VALUE, 0, Unpooled.EMPTY_BUFFER);
      }
      return true;
    } catch (Http2Exception e) {
      // A listener of the app's will have it so.
      return false;
    }
  }

  /**
   * The value of an attribute; null too if nobody has made such a key yet, as its maker may want to
   * be the first.
   */
  private static @Nullable Object value(Channel connection, String key) {
    return AttributeKey.exists(key) ? connection.attr(AttributeKey.valueOf(key)).get() : null;
  }

  /** Whether nobody has a place. */
  boolean areFree() {
    return free == null || free.get() == 0;
  }
}
