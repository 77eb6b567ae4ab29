package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A client of HTTP/1.1 over the TLS sockets of Conscrypt. */
class ConscryptIT extends ClientSuite {
  static final String STALL = "io.stallguard.core.StallTimeoutException: ";

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
    return on(Set.of(8, 17));
  }

  static Stream<Setup> on(Set<Integer> features) {
    return Jdks.find().all().stream()
        .filter(jdk -> features.contains(jdk.feature()))
        .map(
            jdk ->
                new Setup(
                    "Conscrypt 2.5.2 on JDK " + jdk.feature(),
                    jdk,
                    ClassPaths.resolve("org.conscrypt:conscrypt-openjdk-uber:2.5.2")));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.TLS_H1);
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("conscrypt", Delivery.BYTES, true, STALL),
        new Usage("conscrypt-layered", Delivery.BYTES, true, STALL));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, anyForm(), Protocol.TLS_H1));
  }
}
