package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.server.Scenario;
import java.util.List;
import java.util.stream.Stream;

/** The Netty client of the AWS SDK at its floor and the latest. */
class AwsNettyIT extends NettySuite {
  private static final String CLIENT = "software.amazon.awssdk:netty-nio-client:";

  /** An exception after which the SDK repeats the request: nothing has reached the app. */
  private static final String RETRIED = "java.io.UncheckedIOException: " + OLD_STALL;

  private static final String PARTIAL =
      "io.stallguard.instrumentation.netty.helpers.PartialAnswer: ";

  @Override
  String probe() {
    return "AwsNettyProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Stream.of(
        floor("AWS Netty client 2.20.0", CLIENT + "2.20.0"),
        latest("AWS Netty client 2.57.8", CLIENT + "2.57.8"));
  }

  /** Without TLS_H2: the floor has no ALPN, without which the server speaks HTTP/1.1 there. */
  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.H1, Protocol.H2C, Protocol.TLS_H1);
  }

  @Override
  String reasonWithout(Protocol protocol) {
    return "its floor has no ALPN";
  }

  /** The pool opens several when many requests come at once, and takes any of them later. */
  @Override
  boolean hasOneConnection() {
    return false;
  }

  @Override
  List<Usage> usages() {
    return List.of(new Usage("one-by-one", Delivery.BYTES, true, PARTIAL));
  }

  @Override
  String thrown(Setup setup, Usage usage, Scenario scenario) {
    return scenario == Scenario.STALL_FIRST_BYTE ? RETRIED : PARTIAL;
  }
}
