package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import java.util.List;
import java.util.stream.Stream;

/** The Netty client of the Azure SDK at its floor and the latest. */
class AzureNettyIT extends NettySuite {
  private static final String CLIENT = "com.azure:azure-core-http-netty:";

  @Override
  String probe() {
    return "AzureNettyProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Stream.of(
        floor("Azure Netty client 1.13.0", CLIENT + "1.13.0"),
        latest("Azure Netty client 1.16.0", CLIENT + "1.16.0"));
  }

  @Override
  List<Protocol> protocols() {
    return List.of(Protocol.H1, Protocol.TLS_H1);
  }

  @Override
  List<Usage> usages() {
    return List.of(
        new Usage("iterable", Delivery.BYTES, true, STALL),
        new Usage("one-by-one", Delivery.BYTES, true, STALL));
  }
}
