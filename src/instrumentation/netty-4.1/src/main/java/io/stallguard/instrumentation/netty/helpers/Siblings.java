package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.AttributeKey;
import io.stallguard.core.engine.Lane;
import io.stallguard.core.engine.UniqueName;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The streams of one connection of HTTP/2 that have a channel each. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // Whatever comes of it, it is all that can be done.
final class Siblings implements Runnable {
  // A stream is one of them from its channel's first moment on, before the connection's own books
  // have it, until it is closed. A stream that was reset stays in those books until the reset is
  // written, which it never is if nobody takes it.
  //
  // A connection is closed only where its pool has heard before that it takes no new stream, and a
  // while after that: who had been given it by then has its stream on it, and keeps it open.

  private static final AttributeKey<Siblings> KEY =
      AttributeKey.valueOf(UniqueName.of(Siblings.class));
  private static final long PERIOD_MILLIS = 1_000;

  private final Channel connection;
  private final Lane lane = new Lane();
  private final Set<Channel> open = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The places that were taken; null as long as the connection takes new streams. */
  private @Nullable PoolPlaces places;

  private Siblings(Channel connection) {
    this.connection = connection;
  }

  /** The siblings of a stream, if it is one of them. */
  static @Nullable Siblings of(Channel stream) {
    Channel parent = stream.parent();
    return parent == null ? null : parent.attr(KEY).get();
  }

  /** A stream is opened. Any thread. */
  static void join(Channel stream) {
    Channel parent = stream.parent();
    if (parent == null) {
      return;
    }
    Siblings known = parent.attr(KEY).get();
    if (known == null) {
      known = new Siblings(parent);
      Siblings other = parent.attr(KEY).setIfAbsent(known);
      known = other == null ? known : other;
    }
    known.add(stream);
  }

  private void add(Channel stream) {
    if (connection.eventLoop().inEventLoop()) {
      open.add(stream);
      stream.closeFuture().addListener(closed -> open.remove(stream));
    }
  }

  Lane lane() {
    return lane;
  }

  /**
   * A stream was released, and the connection is silent: it takes no new streams from now on, and
   * is closed once it has none.
   */
  void retire(Channel released) {
    if (places == null) {
      places = PoolPlaces.taken(connection, released);
      if (places != null) {
        later();
      }
    }
  }

  private void later() {
    try {
      connection.eventLoop().schedule(this, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Its loop is being shut down, and closes it.
    }
  }

  @Override
  public void run() {
    if (connection.isOpen() && !closeIfUnused()) {
      later();
    }
  }

  /**
   * Closes the connection if it has no stream, from the codec's own place in the pipeline: the
   * codec would wait for room for its goodbye.
   */
  private boolean closeIfUnused() {
    ChannelHandlerContext codec = connection.pipeline().context(Http2FrameCodec.class);
    if (codec == null || !isUnused(((Http2FrameCodec) codec.handler()).connection())) {
      return codec == null;
    }
    codec.close();
    return true;
  }

  /**
   * Whether the connection has no stream by its own books: some may have no channel of this kind,
   * what the server has pushed, say.
   */
  private boolean isUnused(Http2Connection books) {
    try {
      return open.isEmpty()
          && places != null
          && places.areFree()
          && books.forEachActiveStream(each -> each.isResetSent()) == null;
    } catch (Http2Exception e) {
      // Nothing in there throws it.
      return false;
    }
  }
}
