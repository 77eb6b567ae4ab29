package io.stallguard.core.words;

import java.net.URI;

/** Exchanges as tests need them. */
public final class Exchanges {
  private Exchanges() {}

  /** An answer to a POST: it is expected to end. */
  public static Exchange reply() {
    return of("POST", "https://api.example.com/v1/messages", "text/event-stream");
  }

  /** An event stream that answers a GET: it may live for ever. */
  public static Exchange subscription() {
    return of("GET", "https://api.example.com/v1/events", "text/event-stream");
  }

  public static Exchange to(String uri) {
    return of("POST", uri, "text/event-stream");
  }

  public static Exchange of(String method, String uri, String contentType) {
    return of(method, uri, 200, contentType);
  }

  public static Exchange of(String method, String uri, int status, String contentType) {
    return Exchange.of("okhttp")
        .request(method, URI.create(uri))
        .response("HTTP/1.1", status, contentType)
        .build();
  }
}
