package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.stallguard.core.words.Exchange;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Describes exchanges from what went through a channel. */
final class Exchanges {
  private Exchanges() {}

  static Exchange of(ChannelHandlerContext context, RequestHead request, ResponseHead head) {
    return described(context, request)
        .response(head.protocol(), head.status(), head.contentType())
        .encoding(head.encoding())
        .build();
  }

  /** Describes the begin of an exchange, of which nothing but the request is known. */
  static Exchange of(ChannelHandlerContext context, RequestHead request) {
    return described(context, request).build();
  }

  private static Exchange.Builder described(ChannelHandlerContext context, RequestHead request) {
    Channel channel = context.channel();
    InetSocketAddress peer = inet(channel.remoteAddress());
    String told = request.host();
    boolean isTold = told != null && !told.isEmpty();
    return Exchange.of("netty")
        .request(
            request.method(),
            scheme(channel, request),
            host(told, peer),
            isTold || peer == null ? request.port() : peer.getPort(),
            request.target())
        .requestHeaders(request::header)
        .peer(peer);
  }

  private static String host(@Nullable String told, @Nullable InetSocketAddress peer) {
    if (told != null && !told.isEmpty()) {
      return told;
    }
    return peer == null ? "" : peer.getHostString();
  }

  private static String scheme(Channel channel, RequestHead request) {
    String told = request.scheme();
    if (told != null) {
      return told;
    }
    return channel.pipeline().get(SslHandler.class) == null ? "http" : "https";
  }

  private static @Nullable InetSocketAddress inet(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress ? (InetSocketAddress) address : null;
  }
}
