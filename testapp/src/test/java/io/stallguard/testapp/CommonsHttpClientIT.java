package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Apache's HttpClient 3.1, the last of its line, which has no module of its own. */
class CommonsHttpClientIT extends ClientSuite {
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String UNCHECKED = "java.io.UncheckedIOException: first-byte limit of ";
  private static final Set<Integer> JDKS = Set.of(8, 26);

  @Override
  String module() {
    return "java-sockets";
  }

  @Override
  String probe() {
    return "CommonsHttpClientProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Jdks.find().all().stream()
        .filter(jdk -> JDKS.contains(jdk.feature()))
        .map(
            jdk ->
                new Setup(
                    "commons-httpclient 3.1 on JDK " + jdk.feature(),
                    jdk,
                    ClassPaths.resolve("commons-httpclient:commons-httpclient:3.1")));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.H1, Protocol.TLS_H1);
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("stream", Delivery.BYTES, true, STALL),
        new Usage("lines", Delivery.LINES, true, STALL));
  }

  /**
   * The client peeks at the first byte of chunks, and would take a timeout there for an empty
   * answer.
   */
  @Override
  String thrown(Setup setup, Usage usage, Scenario scenario) {
    return scenario == Scenario.STALL_FIRST_BYTE ? UNCHECKED : usage.thrown();
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "stream", Protocol.H1));
  }
}
