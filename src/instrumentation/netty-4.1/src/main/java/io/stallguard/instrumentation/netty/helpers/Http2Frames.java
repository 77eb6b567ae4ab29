package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import org.jspecify.annotations.Nullable;

/** Reads the frames that go through the pipeline of one stream of HTTP/2. No state. */
final class Http2Frames extends HttpMessages {
  // A client may put its codec in front of us; then what comes are messages, as in HTTP/1.1.

  private static final int NO_STATUS = 0;

  @Override
  @Nullable RequestHead request(Object message) {
    if (!(message instanceof Http2HeadersFrame)) {
      return super.request(message);
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
            text(headers.path()));
  }

  @Override
  @Nullable ResponseHead response(Object message) {
    if (!(message instanceof Http2HeadersFrame)) {
      return super.response(message);
    }
    Http2HeadersFrame frame = (Http2HeadersFrame) message;
    CharSequence status = frame.headers().status();
    return status == null
        ? null
        : new ResponseHead(
            "HTTP/2",
            number(status),
            text(frame.headers().get(HttpHeaderNames.CONTENT_TYPE)),
            frame.isEndStream());
  }

  @Override
  @Nullable ByteBuf bytes(Object message) {
    return message instanceof Http2DataFrame
        ? ((Http2DataFrame) message).content()
        : super.bytes(message);
  }

  @Override
  boolean isLast(Object message) {
    if (message instanceof Http2DataFrame) {
      return ((Http2DataFrame) message).isEndStream();
    }
    return message instanceof Http2HeadersFrame
        ? ((Http2HeadersFrame) message).isEndStream()
        : super.isLast(message);
  }

  @Override
  Object notLast(Object message) {
    if (!(message instanceof Http2DataFrame)) {
      return super.notLast(message);
    }
    Http2DataFrame frame = (Http2DataFrame) message;
    return new DefaultHttp2DataFrame(frame.content(), false, frame.padding());
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
