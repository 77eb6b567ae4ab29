package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** Apache HttpAsyncClient 4 at its floor and the latest. */
class ApacheAsync4IT extends ClientSuite {
  static final String LATEST = "4.1.5";

  private static final FloorAndLatest CLIENT =
      new FloorAndLatest(
          "Apache HttpAsyncClient",
          "org.apache.httpcomponents:httpasyncclient",
          System.getProperty("apache-httpasyncclient-4.floor"),
          LATEST);
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String FROM_FUTURE = "java.util.concurrent.ExecutionException: " + STALL;

  @Override
  String module() {
    return "apache-httpasyncclient-4";
  }

  @Override
  String probe() {
    return "ApacheAsync4Probe";
  }

  @Override
  Stream<Setup> setups() {
    return CLIENT.setups();
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.H1, Protocol.TLS_H1);
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("bytes", Delivery.BYTES, true, STALL),
        new Usage("minimal-bytes", Delivery.BYTES, true, STALL),
        new Usage("suspending", Delivery.BYTES, true, STALL),
        new Usage("buffered", Delivery.BYTES, true, STALL),
        new Usage("chars", Delivery.LINES, false, STALL),
        new Usage("whole", Delivery.WHOLE, false, FROM_FUTURE));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(
        halfJson(server, "bytes", Protocol.TLS_H1),
        JobLine.silentWhileBusy(server, "buffered"),
        JobLine.silentWhileBusy(server, "suspending"));
  }
}
