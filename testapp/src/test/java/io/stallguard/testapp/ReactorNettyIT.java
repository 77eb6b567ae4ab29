package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** Reactor Netty at its floor, on Netty 4.1 and on Netty 4.2. */
class ReactorNettyIT extends ClientSuite {
  private static final String FLOOR = "1.0.0";
  private static final String LATEST = "1.3.7";

  /** Its Netty, 4.1.53, lets nobody make a ReadTimeoutException. */
  private static final String FLOOR_STALL = "io.stallguard.core.StallTimeoutException: ";

  private static final String STALL = "io.netty.handler.timeout.ReadTimeoutException: ";

  @Override
  String probe() {
    return "ReactorNettyProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Jdks.find().all().stream()
        .filter(jdk -> jdk.feature() == 17)
        .flatMap(jdk -> Stream.of(FLOOR, LATEST).map(version -> setup(jdk, version)));
  }

  private static Setup setup(Jdk jdk, String version) {
    return new Setup(
        "Reactor Netty " + version + " on JDK " + jdk.feature(),
        jdk,
        ClassPaths.resolve("io.projectreactor.netty:reactor-netty-http:" + version));
  }

  @Override
  String thrown(Setup setup, Usage usage) {
    return setup.name().contains(FLOOR) ? floorStall(usage) : usage.thrown();
  }

  /** It is a checked one: what blocks wraps it. */
  private static String floorStall(Usage usage) {
    return usage.form().equals("one-by-one")
        ? FLOOR_STALL
        : "reactor.core.Exceptions$ReactiveException: " + FLOOR_STALL;
  }

  /** The event loop brings bytes, another thread takes them: on a busy machine, later. */
  @Override
  long handOverMillis() {
    return ClientRun.LIMIT_MILLIS / 2;
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("iterable", Delivery.BYTES, true, STALL),
        new Usage("block-last", Delivery.BYTES, false, STALL),
        new Usage("one-by-one", Delivery.BYTES, true, STALL),
        new Usage("aggregate", Delivery.WHOLE, false, STALL));
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(halfJson(server, "block-last", Protocol.TLS_H2), silentWebSocket(server));
  }
}
