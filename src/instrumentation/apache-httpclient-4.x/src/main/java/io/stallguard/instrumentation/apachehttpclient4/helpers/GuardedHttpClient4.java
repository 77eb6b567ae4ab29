package io.stallguard.instrumentation.apachehttpclient4.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.Exchange;
import io.stallguard.core.Guard;
import java.net.InetAddress;
import java.util.function.Function;
import org.apache.http.Header;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpInetConnection;
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

  private final Engine engine;

  /** Made once for each copy of HttpCore. */
  public GuardedHttpClient4(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object apply(Object[] arguments) {
    HttpClientConnection connection = (HttpClientConnection) arguments[2];
    HttpResponse response = (HttpResponse) arguments[4];
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      ConnectionAbort abort = new ConnectionAbort(connection);
      Exchange exchange =
          exchange((HttpRequest) arguments[1], connection, (HttpContext) arguments[3], response);
      Guard guard = engine.open(exchange, abort);
      if (guard != null) {
        response.setEntity(new GuardedEntity(entity, guard, abort));
      }
    }
    return response;
  }

  private static Exchange exchange(
      HttpRequest request,
      HttpClientConnection connection,
      HttpContext context,
      HttpResponse response) {
    RequestLine line = request.getRequestLine();
    HttpHost host = (HttpHost) context.getAttribute(TARGET_HOST);
    StatusLine status = response.getStatusLine();
    return Exchange.of("apache-httpclient-4")
        .request(
            line.getMethod(),
            host == null ? "http" : host.getSchemeName(),
            host == null ? "" : host.getHostName(),
            host == null ? -1 : host.getPort(),
            line.getUri())
        .response(
            status.getProtocolVersion().toString(),
            status.getStatusCode(),
            value(response, "Content-Type"))
        .encoding(value(response, "Content-Encoding"))
        .remoteAddress(address(connection))
        .build();
  }

  private static @Nullable String value(HttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static @Nullable String address(HttpClientConnection connection) {
    if (!(connection instanceof HttpInetConnection)) {
      return null;
    }
    HttpInetConnection peer = (HttpInetConnection) connection;
    InetAddress address = peer.getRemoteAddress();
    return address == null ? null : address.getHostAddress() + ':' + peer.getRemotePort();
  }
}
