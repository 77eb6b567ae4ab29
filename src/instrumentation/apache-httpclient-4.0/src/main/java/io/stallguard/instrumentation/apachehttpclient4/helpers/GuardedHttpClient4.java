package io.stallguard.instrumentation.apachehttpclient4.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Claim;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.HeadWait;
import io.stallguard.core.engine.SocketAbort;
import io.stallguard.core.words.Exchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Function;
import org.apache.http.Header;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpInetConnection;
import org.apache.http.HttpMessage;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.RequestLine;
import org.apache.http.StatusLine;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Guards the entity of each response that is to be guarded. Any thread. */
public final class GuardedHttpClient4 implements Function<Object[], Object> {
  /** The context's attribute for the host that a request is meant for, in all versions. */
  private static final String TARGET_HOST = "http.target_host";

  /** The method of a request to a proxy, which is none of ours. */
  private static final String TUNNEL = "CONNECT";

  private final Engine engine;

  /** Made once for each copy of HttpCore. */
  public GuardedHttpClient4(Engine engine) {
    this.engine = engine;
  }

  @Override
  public @Nullable Object apply(Object[] arguments) {
    switch ((String) arguments[1]) {
      case "begin":
        return Claim.begin();
      case "head":
        return wait(
            (HttpRequest) arguments[3],
            (HttpClientConnection) arguments[4],
            (HttpContext) arguments[5]);
      case "received":
        return guarded(
            (HttpRequest) arguments[3],
            (HttpClientConnection) arguments[4],
            (HttpContext) arguments[5],
            (HttpResponse) arguments[2]);
      case "response":
        return isGuarded(arguments[6])
            ? null
            : guarded(
                (HttpRequest) arguments[3],
                (HttpClientConnection) arguments[4],
                (HttpContext) arguments[5],
                (HttpResponse) arguments[2]);
      case "whole":
        CollectedEntity.note(arguments[0]);
        return null;
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  private @Nullable HeadWait wait(
      HttpRequest request, HttpClientConnection connection, HttpContext context) {
    if (request.getRequestLine().getMethod().equals(TUNNEL)) {
      return null;
    }
    Exchange exchange = request(request, connection, context).build();
    Guard guard = engine.awaitHead(exchange, headAbort(connection));
    return guard == null ? null : HeadWait.begin(guard);
  }

  /**
   * The abort of a wait for a head, by the connection's socket alone, if that can be had: a client
   * that tries again may give the connection a new one.
   */
  private static Abort headAbort(HttpClientConnection connection) {
    Socket socket = ConnectionAbort.SOCKETS.of(connection);
    return socket == null ? new ConnectionAbort(connection) : new SocketAbort(socket);
  }

  /**
   * Whether the claimed exchange is guarded, as an app's own executor may have read the entity
   * since.
   */
  private static boolean isGuarded(@Nullable Object claim) {
    return claim instanceof Claim && ((Claim) claim).isGuarded();
  }

  private HttpResponse guarded(
      HttpRequest request,
      HttpClientConnection connection,
      HttpContext context,
      HttpResponse response) {
    HttpEntity entity = response.getEntity();
    if (entity != null && !(entity instanceof GuardedEntity)) {
      ConnectionAbort abort = new ConnectionAbort(connection);
      Guard guard = engine.open(exchange(request, connection, context, response), abort);
      if (guard != null) {
        response.setEntity(new GuardedEntity(entity, guard, abort));
        Claim.guarded();
      }
    }
    return response;
  }

  private static Exchange exchange(
      HttpRequest request,
      HttpClientConnection connection,
      HttpContext context,
      HttpResponse response) {
    StatusLine status = response.getStatusLine();
    return request(request, connection, context)
        .response(
            status.getProtocolVersion().toString(),
            status.getStatusCode(),
            value(response, "Content-Type"))
        .encoding(value(response, "Content-Encoding"))
        .build();
  }

  private static Exchange.Builder request(
      HttpRequest request, HttpClientConnection connection, HttpContext context) {
    RequestLine line = request.getRequestLine();
    HttpHost host = (HttpHost) context.getAttribute(TARGET_HOST);
    return Exchange.of("apache-httpclient-4")
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

  private static @Nullable SocketAddress peer(HttpClientConnection connection) {
    if (!(connection instanceof HttpInetConnection)) {
      return null;
    }
    HttpInetConnection peer = (HttpInetConnection) connection;
    InetAddress address = peer.getRemoteAddress();
    return address == null ? null : new InetSocketAddress(address, peer.getRemotePort());
  }
}
