package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.server.Scenario;
import java.util.List;
import java.util.stream.Stream;

/** Spring's WebClient on Reactor Netty. */
class WebClientIT extends NettySuite {
  private static final String WEBFLUX = "org.springframework:spring-webflux:";
  private static final String REACTOR_NETTY = "io.projectreactor.netty:reactor-netty-http:";
  private static final String BLOCKING = "reactor.core.Exceptions$ReactiveException: ";

  @Override
  String probe() {
    return "WebClientProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Stream.of(
        floor("WebClient 5.3.0", WEBFLUX + "5.3.0", REACTOR_NETTY + "1.0.0"),
        latest(
            "WebClient 7.0.9",
            WEBFLUX + "7.0.9",
            "org.springframework:spring-context:7.0.9",
            REACTOR_NETTY + "1.3.7"));
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
        new Usage("buffers", Delivery.BYTES, true, STALL),
        new Usage("events", Delivery.EVENTS, true, STALL));
  }

  @Override
  String thrown(Setup setup, Usage usage, Scenario scenario) {
    return isFloor(setup) ? BLOCKING + OLD_STALL : usage.thrown();
  }
}
