package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.words.Exchange;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** Describes exchanges by what the client knows when the response head has come. */
final class Heads {
  private Heads() {}

  static Exchange exchange(
      String protocol, HttpResponse response, EntityDetails entity, HttpContext context) {
    Exchange.Builder exchange =
        Exchange.of("apache-httpasyncclient-5")
            .response(protocol, response.getCode(), entity.getContentType())
            .encoding(entity.getContentEncoding());
    if (context instanceof HttpCoreContext) {
      describe(exchange, (HttpCoreContext) context);
    }
    return exchange.build();
  }

  private static void describe(Exchange.Builder exchange, HttpCoreContext context) {
    EndpointDetails connection = context.getEndpointDetails();
    exchange.peer(connection == null ? null : connection.getRemoteAddress());
    HttpRequest request = context.getRequest();
    if (request != null) {
      describe(exchange, request);
    }
  }

  /** Describes the begin of an exchange, of which nothing but the request is known. */
  static Exchange.Builder request(HttpRequest request) {
    Exchange.Builder exchange = Exchange.of("apache-httpasyncclient-5");
    describe(exchange, request);
    return exchange;
  }

  private static void describe(Exchange.Builder exchange, HttpRequest request) {
    exchange.requestHeaders(
        name -> {
          Header header = request.getFirstHeader(name);
          return header == null ? null : header.getValue();
        });
    URIAuthority authority = request.getAuthority();
    exchange.request(
        request.getMethod(),
        orEmpty(request.getScheme()),
        authority == null ? "" : authority.getHostName(),
        authority == null ? -1 : authority.getPort(),
        request.getPath());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
