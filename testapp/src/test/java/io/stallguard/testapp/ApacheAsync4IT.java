package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** Apache HttpAsyncClient 4 at its floor and the latest. */
class ApacheAsync4IT extends ClientSuite {
  private static final String FLOOR = System.getProperty("apache-httpasyncclient-4.floor");
  private static final String LATEST = "4.1.5";
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String FROM_FUTURE = "java.util.concurrent.ExecutionException: " + STALL;

  @Override
  String probe() {
    return "ApacheAsync4Probe";
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
        "HttpAsyncClient " + version + " on JDK " + jdk.feature(),
        jdk,
        ClassPaths.resolve("org.apache.httpcomponents:httpasyncclient:" + version));
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
        new Usage("chars", Delivery.LINES, false, STALL),
        new Usage("whole", Delivery.WHOLE, false, FROM_FUTURE));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "bytes", Protocol.TLS_H1));
  }
}
