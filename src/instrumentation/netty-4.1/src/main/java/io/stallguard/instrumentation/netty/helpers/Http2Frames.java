package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.stallguard.core.engine.Lane;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The frames of one stream of HTTP/2. */
final class Http2Frames implements Messages {
  private static final int NO_STATUS = 0;

  /**
   * The least window that counts, a frame of the usual size: no connection begins with less than
   * four times of it.
   */
  private static final int LEAST_WINDOW_BYTES = 16_384;

  @Override
  public @Nullable RequestHead request(Object message) {
    if (!(message instanceof Http2HeadersFrame)) {
      return null;
    }
    Http2Headers headers = ((Http2HeadersFrame) message).headers();
    CharSequence method = headers.method();
    // Headers without a method are the trailers of the request.
    return method == null
        ? null
        : new RequestHead(
            method.toString(),
            text(headers.scheme()),
            text(headers.authority()),
            text(headers.path()),
            name -> text(headers.get(name.toLowerCase(Locale.ROOT))));
  }

  @Override
  public @Nullable ResponseHead response(Object message) {
    if (!(message instanceof Http2HeadersFrame)) {
      return null;
    }
    Http2HeadersFrame frame = (Http2HeadersFrame) message;
    CharSequence status = frame.headers().status();
    return status == null
        ? null
        : new ResponseHead(
            "HTTP/2",
            number(status),
            text(frame.headers().get("content-type")),
            text(frame.headers().get("content-encoding")),
            frame.isEndStream());
  }

  @Override
  public @Nullable ByteBuf bytes(Object message) {
    return message instanceof Http2DataFrame ? ((Http2DataFrame) message).content() : null;
  }

  @Override
  public boolean isLast(Object message) {
    if (message instanceof Http2DataFrame) {
      return ((Http2DataFrame) message).isEndStream();
    }
    // Trailers.
    return message instanceof Http2HeadersFrame && ((Http2HeadersFrame) message).isEndStream();
  }

  @Override
  public Object notLast(Object message) {
    Http2DataFrame frame = (Http2DataFrame) message;
    return new DefaultHttp2DataFrame(frame.content(), false, frame.padding());
  }

  /**
   * Whether siblings hold the server up: the window of the connection is shared, and what they have
   * not taken is missing in it.
   */
  @Override
  public boolean isHeldUpByOthers(Channel channel) {
    Http2Connection connection = connection(channel);
    return connection != null && windowOf(connection) < LEAST_WINDOW_BYTES;
  }

  @Override
  public int sharedWindow(Channel channel) {
    Http2Connection connection = connection(channel);
    return connection == null ? 0 : windowOf(connection);
  }

  private static int windowOf(Http2Connection connection) {
    return connection.local().flowController().windowSize(connection.connectionStream());
  }

  @Override
  public boolean isShared(Channel channel) {
    Http2Connection connection = connection(channel);
    return connection != null && connection.numActiveStreams() > 1;
  }

  private static @Nullable Http2Connection connection(Channel channel) {
    Channel parent = channel.parent();
    Http2FrameCodec codec = parent == null ? null : parent.pipeline().get(Http2FrameCodec.class);
    return codec == null ? null : codec.connection();
  }

  @Override
  public @Nullable Lane lane(Channel channel) {
    Siblings siblings = Siblings.of(channel);
    return siblings == null ? null : siblings.lane();
  }

  @Override
  public void retireConnection(Channel channel) {
    Siblings siblings = Siblings.of(channel);
    if (siblings != null) {
      siblings.retire(channel);
    }
  }

  @Override
  public Object end() {
    return new DefaultHttp2DataFrame(true);
  }

  private static @Nullable String text(@Nullable CharSequence text) {
    return text == null ? null : text.toString();
  }

  private static int number(CharSequence status) {
    try {
      return Integer.parseInt(status.toString());
    } catch (NumberFormatException e) {
      // The client's own codec will say so to the app.
      return NO_STATUS;
    }
  }
}
