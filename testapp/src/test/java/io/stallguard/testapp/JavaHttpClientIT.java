package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** The JDK's HttpClient on every JDK that has it. */
class JavaHttpClientIT extends ClientSuite {
  private static final int FIRST_JDK = 11;
  private static final String STALL = "java.net.http.HttpTimeoutException: ";
  private static final String FROM_FUTURE = "java.util.concurrent.ExecutionException: " + STALL;

  @Override
  String module() {
    return "java-http-client";
  }

  @Override
  String probe() {
    return "JavaHttpClientProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Jdks.find().all().stream()
        .filter(jdk -> jdk.feature() >= FIRST_JDK)
        .map(jdk -> new Setup("java.net.http on JDK " + jdk.feature(), jdk, List.of()));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("input-stream", Delivery.BYTES, true, STALL),
        new Usage("async-input-stream", Delivery.BYTES, true, STALL),
        new Usage("mapped-input-stream", Delivery.BYTES, true, STALL),
        new Usage("lines", Delivery.LINES, true, "java.io.UncheckedIOException: " + STALL),
        new Usage("string", Delivery.WHOLE, false, STALL),
        new Usage("async-string", Delivery.WHOLE, false, FROM_FUTURE),
        new Usage("line-subscriber", Delivery.LINES, true, STALL),
        new Usage("publisher", Delivery.BYTES, true, FROM_FUTURE),
        new Usage("own-subscriber", Delivery.BYTES, true, STALL),
        new Usage("greedy-subscriber", Delivery.BYTES, true, STALL));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "string", Protocol.TLS_H2), silentWebSocket(server));
  }
}
