package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.words.Exchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.HttpInetConnection;
import org.apache.http.HttpMessage;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.RequestLine;
import org.apache.http.StatusLine;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Describes exchanges by what the client knows of them. */
final class Heads {
  /** The context's attributes, in all versions. */
  private static final String REQUEST = "http.request";

  private static final String TARGET_HOST = "http.target_host";

  private Heads() {}

  static Exchange exchange(HttpResponse response, HttpContext context, Object connection) {
    StatusLine status = response.getStatusLine();
    return described(context, connection)
        .response(
            status.getProtocolVersion().toString(),
            status.getStatusCode(),
            value(response, "Content-Type"))
        .encoding(value(response, "Content-Encoding"))
        .build();
  }

  /** Describes the begin of an exchange, of which nothing but the request is known. */
  static Exchange request(HttpContext context, Object connection) {
    return described(context, connection).build();
  }

  private static Exchange.Builder described(HttpContext context, Object connection) {
    HttpRequest request = (HttpRequest) context.getAttribute(REQUEST);
    RequestLine line = request.getRequestLine();
    HttpHost host = (HttpHost) context.getAttribute(TARGET_HOST);
    return Exchange.of("apache-httpasyncclient-4")
        .request(
            line.getMethod(),
            host == null ? "http" : host.getSchemeName(),
            host == null ? "" : host.getHostName(),
            host == null ? -1 : host.getPort(),
            line.getUri())
        .requestHeaders(name -> value(request, name))
        .peer(peer(connection));
  }

  private static @Nullable String value(HttpMessage message, String name) {
    Header header = message.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static @Nullable SocketAddress peer(Object connection) {
    if (!(connection instanceof HttpInetConnection)) {
      return null;
    }
    HttpInetConnection peer = (HttpInetConnection) connection;
    InetAddress address = peer.getRemoteAddress();
    return address == null ? null : new InetSocketAddress(address, peer.getRemotePort());
  }
}
