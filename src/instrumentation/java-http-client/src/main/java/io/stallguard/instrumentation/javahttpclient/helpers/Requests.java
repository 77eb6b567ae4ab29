package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Exchange;
import java.net.http.HttpRequest;
import java.util.List;

/** Describes exchanges by what is known of them when they are sent. */
final class Requests {
  private Requests() {}

  static Exchange.Builder described(HttpRequest request) {
    List<String> accepted = request.headers().allValues("Accept");
    return Exchange.of("java-http-client")
        .request(request.method(), request.uri())
        .accept(accepted.isEmpty() ? null : String.join(", ", accepted));
  }
}
