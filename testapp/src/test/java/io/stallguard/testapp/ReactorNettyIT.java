package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.List;
import java.util.stream.Stream;

/** Reactor Netty at its floor, on the last Netty 4.1 and on Netty 4.2. */
class ReactorNettyIT extends NettySuite {
  private static final String HTTP = "io.projectreactor.netty:reactor-netty-http:";
  private static final String BLOCKING = "reactor.core.Exceptions$ReactiveException: ";

  @Override
  String probe() {
    return "ReactorNettyProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Stream.of(
        floor("Reactor Netty 1.0.0", HTTP + "1.0.0"),
        latest("Reactor Netty 1.2.18", HTTP + "1.2.18"),
        latest("Reactor Netty 1.3.7", HTTP + "1.3.7"));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.values());
  }

  /** The pool opens another one when two requests ask at once for what it has. */
  @Override
  boolean hasOneConnection() {
    return false;
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("iterable", Delivery.BYTES, true, STALL),
        new Usage("block-last", Delivery.BYTES, false, STALL),
        new Usage("one-by-one", Delivery.BYTES, true, STALL),
        new Usage("tapped", Delivery.BYTES, false, STALL),
        new Usage("response-single", Delivery.WHOLE, false, STALL),
        new Usage("aggregate", Delivery.WHOLE, false, STALL));
  }

  /** The floor's is a checked one: what blocks wraps it. */
  @Override
  String thrown(Setup setup, Usage usage, Scenario scenario) {
    if (!isFloor(setup)) {
      return usage.thrown();
    }
    return usage.form().equals("one-by-one") ? OLD_STALL : BLOCKING + OLD_STALL;
  }

  @Override
  List<JobLine> others(StallServer server) {
    return List.of(
        halfJson(server, "block-last", Protocol.TLS_H2),
        silentWebSocket(server),
        JobLine.plain(server, "slow-request-to-own-server", "server", Protocol.H1, "GET", "/echo")
            .withPause(ClientRun.LONG_MILLIS));
  }
}
