package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/**
 * The DefaultHttpClient of Apache HttpClient 4 at the floor, which has no other, and the latest.
 */
class LegacyApacheHttpClientIT extends ClientSuite {
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";

  @Override
  String module() {
    return "apache-httpclient-4";
  }

  @Override
  String probe() {
    return "LegacyApacheHttpClientProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Stream.concat(
        ApacheVersions.on(ApacheVersions.FLOOR_4, 8, 17),
        ApacheVersions.on(ApacheVersions.LATEST_4, 26));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.H1, Protocol.TLS_H1);
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("blocking", Delivery.BYTES, true, STALL),
        new Usage("single-connection", Delivery.BYTES, true, STALL),
        new Usage("write-to", Delivery.BYTES, true, STALL),
        new Usage("handler", Delivery.WHOLE, false, STALL));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "blocking", Protocol.TLS_H1));
  }
}
