package io.stallguard.instrumentation.apachehttpclient5.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.Exchange;
import io.stallguard.core.Guard;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** Guards the entity of each response that is to be guarded. Any thread. */
public final class GuardedHttpClient5 implements Function<Object[], Object> {
  private final Engine engine;

  /** Made once for each copy of HttpCore. */
  public GuardedHttpClient5(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object apply(Object[] arguments) {
    ClassicHttpRequest request = (ClassicHttpRequest) arguments[1];
    HttpClientConnection connection = (HttpClientConnection) arguments[2];
    ClassicHttpResponse response = (ClassicHttpResponse) arguments[3];
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
    URIAuthority authority = request.getAuthority();
    return Exchange.of("apache-httpclient-5")
        .request(
            request.getMethod(),
            scheme(request, connection),
            authority == null ? "" : authority.getHostName(),
            authority == null ? -1 : authority.getPort(),
            request.getPath())
        .response(protocol(response), response.getCode(), value(response, "Content-Type"))
        .encoding(value(response, "Content-Encoding"))
        .remoteAddress(address(connection.getRemoteAddress()))
        .build();
  }

  /** Whoever uses HttpCore alone need not name one. */
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

  private static @Nullable String value(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static @Nullable String address(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress)) {
      return null;
    }
    InetSocketAddress peer = (InetSocketAddress) address;
    return peer.getAddress() == null
        ? null
        : peer.getAddress().getHostAddress() + ':' + peer.getPort();
  }
}
