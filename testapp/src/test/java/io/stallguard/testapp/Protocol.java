package io.stallguard.testapp;

import io.stallguard.testing.server.Port;

/** What a request is sent over. */
enum Protocol {
  H1(Port.CLEAR, false),
  H2C(Port.CLEAR, true),
  TLS_H1(Port.TLS1, false),
  TLS_H2(Port.TLS2, true);

  private final Port port;
  private final boolean http2;

  Protocol(Port port, boolean http2) {
    this.port = port;
    this.http2 = http2;
  }

  Port port() {
    return port;
  }

  boolean http2() {
    return http2;
  }

  /** The name of the protocol in messages. */
  String shownName() {
    return http2 ? "HTTP/2" : "HTTP/1.1";
  }
}
