package io.stallguard.testing.server;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The ways in which the JDK's client reaches the server. */
enum WireKind {
  H1(Port.CLEAR, HttpClient.Version.HTTP_1_1, "HTTP/1.1"),
  H2C(Port.CLEAR, HttpClient.Version.HTTP_2, "HTTP/2.0"),
  TLS_H1(Port.TLS1, HttpClient.Version.HTTP_2, "HTTP/1.1"),
  TLS_H2(Port.TLS2, HttpClient.Version.HTTP_2, "HTTP/2.0");

  final Port port;
  final String protocol;
  private final HttpClient.Version version;

  WireKind(Port port, HttpClient.Version version, String protocol) {
    this.port = port;
    this.version = version;
    this.protocol = protocol;
  }

  boolean multiplexed() {
    return version == HttpClient.Version.HTTP_2 && port != Port.TLS1;
  }

  /** A client that has its connection: an upgrade needs a request without a body. */
  HttpClient client(StallServer server) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(server.trustStore().sslContext())
            .build();
    client.send(
        HttpRequest.newBuilder(server.base(port).resolve("/echo")).build(),
        BodyHandlers.ofString());
    return client;
  }
}
