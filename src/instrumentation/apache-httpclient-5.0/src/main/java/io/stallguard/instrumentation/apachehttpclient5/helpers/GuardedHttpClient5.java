package io.stallguard.instrumentation.apachehttpclient5.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Claim;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.HeadWait;
import io.stallguard.core.engine.SocketAbort;
import io.stallguard.core.words.Exchange;
import java.net.Socket;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** Guards the entity of each response that is to be guarded. Any thread. */
public final class GuardedHttpClient5 implements Function<Object[], Object> {
  /**
   * How long the body of a request may be: one of this size is sent in no time, a longer one may
   * take its time.
   */
  private static final long LONGEST_BODY_BYTES = 1 << 20;

  /** The method of a request to a proxy, which is none of ours. */
  private static final String TUNNEL = "CONNECT";

  private final Engine engine;

  /** Made once for each copy of HttpCore. */
  public GuardedHttpClient5(Engine engine) {
    this.engine = engine;
  }

  @Override
  public @Nullable Object apply(Object[] arguments) {
    switch ((String) arguments[1]) {
      case "begin":
        return Claim.begin();
      case "head":
        return wait((ClassicHttpRequest) arguments[3], (HttpClientConnection) arguments[4]);
      case "response":
        return guarded(
            (ClassicHttpRequest) arguments[3],
            (HttpClientConnection) arguments[4],
            (ClassicHttpResponse) arguments[2]);
      case "whole":
        CollectedEntity.note(arguments[0]);
        return null;
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  private @Nullable HeadWait wait(ClassicHttpRequest request, HttpClientConnection connection) {
    if (request.getMethod().equals(TUNNEL) || !isSentAtOnce(request.getEntity())) {
      return null;
    }
    Exchange exchange = request(request, connection).build();
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

  private static boolean isSentAtOnce(@Nullable HttpEntity entity) {
    if (entity == null) {
      return true;
    }
    long length = entity.getContentLength();
    return length >= 0 && length <= LONGEST_BODY_BYTES;
  }

  private ClassicHttpResponse guarded(
      ClassicHttpRequest request, HttpClientConnection connection, ClassicHttpResponse response) {
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      ConnectionAbort abort = new ConnectionAbort(connection);
      Guard guard = engine.open(exchange(request, connection, response), abort);
      if (guard != null) {
        response.setEntity(new GuardedEntity(entity, guard, abort));
      }
    }
    return response;
  }

  private static Exchange exchange(
      ClassicHttpRequest request, HttpClientConnection connection, ClassicHttpResponse response) {
    return request(request, connection)
        .response(protocol(response), response.getCode(), value(response, "Content-Type"))
        .encoding(value(response, "Content-Encoding"))
        .build();
  }

  private static Exchange.Builder request(
      ClassicHttpRequest request, HttpClientConnection connection) {
    URIAuthority authority = request.getAuthority();
    return Exchange.of("apache-httpclient-5")
        .request(
            request.getMethod(),
            scheme(request, connection),
            authority == null ? "" : authority.getHostName(),
            authority == null ? -1 : authority.getPort(),
            request.getPath())
        .requestHeaders(name -> value(request, name))
        .peer(connection.getRemoteAddress());
  }

  /** The scheme of a request: whoever uses HttpCore alone need not name one. */
  private static String scheme(ClassicHttpRequest request, HttpClientConnection connection) {
    if (request.getScheme() != null) {
      return request.getScheme();
    }
    return connection.getSSLSession() == null ? "http" : "https";
  }

  private static String protocol(ClassicHttpResponse response) {
    ProtocolVersion version = response.getVersion();
    return version == null ? "HTTP/1.1" : version.toString();
  }

  private static @Nullable String value(HttpMessage message, String name) {
    Header header = message.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
