package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import io.stallguard.testing.server.Scenario;
import java.util.List;
import java.util.stream.Stream;

/** AsyncHttpClient at its floor and the latest. */
class AsyncHttpClientIT extends NettySuite {
  private static final String CLIENT = "org.asynchttpclient:async-http-client:";
  private static final String FUTURE = "java.util.concurrent.ExecutionException: ";

  @Override
  String probe() {
    return "AsyncHttpClientProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Stream.of(
        floor("AsyncHttpClient 2.12.0", CLIENT + "2.12.0"),
        latest("AsyncHttpClient 3.0.13", CLIENT + "3.0.13"));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.H1, Protocol.TLS_H1);
  }

  /** The consumer is on the event loop, where it holds up the handshakes of others. */
  @Override
  boolean readsAhead() {
    return false;
  }

  /** The slow consumer of parts holds up an event loop and with it the streams of others. */
  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("parts", Delivery.BYTES, true, STALL),
        new Usage("tapped", Delivery.BYTES, false, STALL),
        new Usage("completion", Delivery.WHOLE, false, STALL),
        new Usage("future", Delivery.WHOLE, false, FUTURE));
  }

  @Override
  String thrown(Setup setup, Usage usage, Scenario scenario) {
    String stall = isFloor(setup) ? OLD_STALL : STALL;
    return usage.form().equals("future") ? FUTURE + stall : stall;
  }
}
