package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** A client of HTTP/1.1 that nobody knows, over the JDK's sockets. */
class SocketsIT extends ClientSuite {
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";

  @Override
  String module() {
    return "java-sockets";
  }

  @Override
  String probe() {
    return "RawHttpProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Jdks.find().all().stream()
        .map(jdk -> new Setup("raw sockets on JDK " + jdk.feature(), jdk, List.of()));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.H1, Protocol.TLS_H1);
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("stream", Delivery.BYTES, true, STALL),
        new Usage("single-bytes", Delivery.BYTES, true, STALL),
        new Usage("lines", Delivery.LINES, true, STALL),
        new Usage("layered", Delivery.BYTES, true, STALL),
        new Usage("left-open", Delivery.BYTES, false, STALL));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "stream", Protocol.H1));
  }
}
