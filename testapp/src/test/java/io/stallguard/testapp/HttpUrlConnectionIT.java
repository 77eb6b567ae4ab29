package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** HttpURLConnection on every JDK. */
class HttpUrlConnectionIT extends ClientSuite {
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";

  @Override
  String module() {
    return "http-url-connection";
  }

  @Override
  String probe() {
    return "HttpUrlConnectionProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Jdks.find().all().stream()
        .map(jdk -> new Setup("HttpURLConnection on JDK " + jdk.feature(), jdk, List.of()));
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
        new Usage("lines", Delivery.LINES, true, STALL));
  }

  @Override
  List<JobLine> others(StallServer server) {
    JobLine serving =
        JobLine.plain(server, "server-side", "server", Protocol.H1, "POST", "/echo")
            .withPause(ClientRun.LONG_MILLIS);
    return List.of(halfJson(server, "stream", Protocol.H1), serving);
  }
}
