package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.AttributeKey;
import io.stallguard.core.Lane;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streams of one connection of HTTP/2 that have a channel each. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // Whatever comes of it, it is all that can be done.
final class Siblings {
  // A stream is one of them from its channel's first moment on, before the connection's own books
  // have it, until it is closed or released. A stream that was reset stays in those books until the
  // reset is written, which it never is if nobody takes it.
  //
  // Netty has no state for a connection that takes no more streams, but for a GOAWAY of the server;
  // pools that do not ask for that would have the app's next request fail.

  private static final AttributeKey<Siblings> KEY = AttributeKey.valueOf(Siblings.class.getName());

  private final Lane lane = new Lane();
  private final Set<Channel> open = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Those of a stream that is one of them. */
  static @Nullable Siblings of(Channel stream) {
    Channel parent = stream.parent();
    return parent == null ? null : parent.attr(KEY).get();
  }

  /** A stream is opened. */
  static void join(Channel stream) {
    Channel parent = stream.parent();
    if (parent == null) {
      return;
    }
    Siblings known = parent.attr(KEY).get();
    if (known == null) {
      known = new Siblings();
      parent.attr(KEY).set(known);
    }
    known.add(stream);
  }

  private void add(Channel stream) {
    open.add(stream);
    stream.closeFuture().addListener(closed -> open.remove(stream));
  }

  Lane lane() {
    return lane;
  }

  /** A stream was released: if it was the last one, resets it and closes the connection. */
  void released(ChannelHandlerContext stream) throws Http2Exception {
    open.remove(stream.channel());
    Channel parent = stream.channel().parent();
    ChannelHandlerContext codec =
        parent == null ? null : parent.pipeline().context(Http2FrameCodec.class);
    if (codec != null && open.isEmpty()) {
      stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
      closeIfAllAreReset(codec);
    }
  }

  /**
   * By the codec's own place in the pipeline: the codec itself would wait for room for its goodbye.
   * Some streams may have no channel of this kind: what the server has pushed, say.
   */
  private static void closeIfAllAreReset(ChannelHandlerContext codec) throws Http2Exception {
    Http2Connection connection = ((Http2FrameCodec) codec.handler()).connection();
    if (connection.forEachActiveStream(each -> each.isResetSent()) == null) {
      codec.close();
    }
  }
}
