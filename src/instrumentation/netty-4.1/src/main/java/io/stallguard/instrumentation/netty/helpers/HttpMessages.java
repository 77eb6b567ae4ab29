package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Reads the messages that go through a pipeline of HTTP/1.1. No state. */
class HttpMessages {
  /** The request that a message begins, if it begins one. */
  @Nullable RequestHead request(Object message) {
    if (!(message instanceof HttpRequest)) {
      return null;
    }
    HttpRequest request = (HttpRequest) message;
    return new RequestHead(
        request.method().name(),
        null,
        request.headers().get(HttpHeaderNames.HOST),
        request.uri());
  }

  /** The response that a message begins, if it begins one. */
  @Nullable ResponseHead response(Object message) {
    if (!(message instanceof HttpResponse)) {
      return null;
    }
    HttpResponse response = (HttpResponse) message;
    return new ResponseHead(
        response.protocolVersion().text(),
        response.status().code(),
        response.headers().get(HttpHeaderNames.CONTENT_TYPE),
        message instanceof LastHttpContent);
  }

  /** The bytes of a piece of a body, null if it is none. */
  @Nullable ByteBuf bytes(Object message) {
    return message instanceof HttpContent ? ((HttpContent) message).content() : null;
  }

  /** Whether the body ends with this message. */
  boolean isLast(Object message) {
    return message instanceof LastHttpContent;
  }

  /** The same bytes as a piece that is not the last; takes over the message's reference. */
  Object notLast(Object message) {
    return new DefaultHttpContent(((HttpContent) message).content());
  }
}
