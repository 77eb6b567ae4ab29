package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** The classic Apache HttpClient 5 at its floor and the latest. */
class ApacheHttpClient5IT extends ClientSuite {
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";

  @Override
  String module() {
    return "apache-httpclient-5";
  }

  @Override
  String probe() {
    return "ApacheHttpClient5Probe";
  }

  @Override
  Stream<Setup> setups() {
    return Stream.concat(
        ApacheVersions.on(ApacheVersions.FLOOR_5, 8, 17),
        ApacheVersions.on(ApacheVersions.LATEST_5, 17, 26));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.H1, Protocol.TLS_H1);
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("blocking", Delivery.BYTES, true, STALL),
        new Usage("minimal", Delivery.BYTES, true, STALL),
        new Usage("single-connection", Delivery.BYTES, true, STALL),
        new Usage("requester", Delivery.BYTES, true, STALL),
        new Usage("write-to", Delivery.BYTES, true, STALL),
        new Usage("tapped", Delivery.BYTES, false, STALL),
        new Usage("handler", Delivery.WHOLE, false, STALL));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(
        halfJson(server, "blocking", Protocol.TLS_H1),
        JobLine.plain(server, "trailers", "trailers", Protocol.H1, "GET", "/echo"),
        JobLine.named(server, "gzip", "blocking", Protocol.H1, Scenario.OK, "encoding=gzip"));
  }
}
