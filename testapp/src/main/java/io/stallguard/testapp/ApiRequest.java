package io.stallguard.testapp;

import java.util.LinkedHashMap;
import java.util.Map;

/** The HTTP request by which a raw client asks for a streamed answer. */
final class ApiRequest {
  private final String url;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final String body;

  ApiRequest(Options options, String prompt) {
    Provider provider = options.provider();
    url = options.baseUrl() + provider.path(options.model());
    body = provider.body(options.model(), prompt).toString();
    headers.put("Content-Type", "application/json");
    authenticate(provider, options.apiKey());
  }

  private void authenticate(Provider provider, String apiKey) {
    switch (provider) {
      case ANTHROPIC:
        headers.put("anthropic-version", "2023-06-01");
        headers.put("x-api-key", apiKey);
        break;
      case GEMINI:
        headers.put("x-goog-api-key", apiKey);
        break;
      default:
        headers.put("Authorization", "Bearer " + apiKey);
    }
  }

  String url() {
    return url;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** JSON. */
  String body() {
    return body;
  }
}
