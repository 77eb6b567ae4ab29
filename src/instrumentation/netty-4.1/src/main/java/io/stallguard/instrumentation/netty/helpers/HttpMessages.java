package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.stallguard.core.engine.Lane;
import org.jspecify.annotations.Nullable;

/** The messages of HTTP/1.1. */
final class HttpMessages implements Messages {
  @Override
  public @Nullable RequestHead request(Object message) {
    if (!(message instanceof HttpRequest)) {
      return null;
    }
    HttpRequest request = (HttpRequest) message;
    return new RequestHead(
        request.method().name(),
        null,
        request.headers().get("host"),
        request.uri(),
        request.headers()::get);
  }

  @Override
  public @Nullable ResponseHead response(Object message) {
    if (!(message instanceof HttpResponse)) {
      return null;
    }
    HttpResponse response = (HttpResponse) message;
    return new ResponseHead(
        response.protocolVersion().text(),
        response.status().code(),
        response.headers().get("content-type"),
        response.headers().get("content-encoding"),
        message instanceof LastHttpContent);
  }

  @Override
  public @Nullable ByteBuf bytes(Object message) {
    return message instanceof HttpContent ? ((HttpContent) message).content() : null;
  }

  @Override
  public boolean isLast(Object message) {
    return message instanceof LastHttpContent;
  }

  @Override
  public Object notLast(Object message) {
    return new DefaultHttpContent(((HttpContent) message).content());
  }

  /** Whether siblings hold the server up: no, the connection is this exchange's alone. */
  @Override
  public boolean isHeldUpByOthers(Channel channel) {
    return false;
  }

  @Override
  public boolean isShared(Channel channel) {
    return false;
  }

  @Override
  public int sharedWindow(Channel channel) {
    return 0;
  }

  @Override
  public @Nullable Lane lane(Channel channel) {
    return null;
  }

  @Override
  public void retireConnection(Channel channel) {
    // It is closed with its exchange.
  }

  @Override
  public Object end() {
    // The one that the codec has too; others reach consumers as an empty piece.
    return LastHttpContent.EMPTY_LAST_CONTENT;
  }
}
