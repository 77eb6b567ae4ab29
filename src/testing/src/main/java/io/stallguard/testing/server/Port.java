package io.stallguard.testing.server;

/** A port of the server, named by what it speaks. */
public enum Port {
  /** HTTP/1.1, and HTTP/2 by prior knowledge or upgrade. */
  CLEAR("http"),
  /** HTTP/1.1 over TLS. */
  TLS1("https"),
  /** HTTP/2 over TLS, and HTTP/1.1 for a client that does not negotiate. */
  TLS2("https");

  private final String scheme;

  Port(String scheme) {
    this.scheme = scheme;
  }

  String scheme() {
    return scheme;
  }
}
