package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.words.Exchange;
import java.net.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes exchanges by what is known of them when they are sent. */
final class SentExchanges {
  private SentExchanges() {}

  static Exchange.Builder described(HttpRequest request) {
    return Exchange.of(GuardedHttpClient.NAME)
        .request(request.method(), request.uri())
        .requestHeaders(name -> value(request, name));
  }

  private static @Nullable String value(HttpRequest request, String name) {
    List<String> values = request.headers().allValues(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }
}
