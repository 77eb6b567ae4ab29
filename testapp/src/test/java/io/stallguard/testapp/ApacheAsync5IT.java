package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** The asynchronous clients of Apache HttpClient 5, at their floor and the latest. */
class ApacheAsync5IT extends ClientSuite {
  private static final String FLOOR = System.getProperty("apache-httpasyncclient-5.floor");
  private static final String LATEST = "5.6.5";
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String FROM_FUTURE = "java.util.concurrent.ExecutionException: " + STALL;

  @Override
  String probe() {
    return "ApacheAsync5Probe";
  }

  @Override
  Stream<Setup> setups() {
    return Jdks.find().all().stream()
        .flatMap(
            jdk ->
                switch (jdk.feature()) {
                  case 8 -> Stream.of(setup(jdk, FLOOR));
                  case 17 -> Stream.of(setup(jdk, FLOOR), setup(jdk, LATEST));
                  case 26 -> Stream.of(setup(jdk, LATEST));
                  default -> Stream.of();
                });
  }

  private static Setup setup(Jdk jdk, String version) {
    return new Setup(
        "HttpClient " + version + " on JDK " + jdk.feature(),
        jdk,
        ClassPaths.resolve("org.apache.httpcomponents.client5:httpclient5:" + version));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("bytes", Delivery.BYTES, true, STALL),
        new Usage("unhurried", Delivery.BYTES, true, STALL),
        new Usage("chars", Delivery.LINES, false, STALL),
        new Usage("whole", Delivery.WHOLE, false, FROM_FUTURE));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "bytes", Protocol.TLS_H2));
  }
}
