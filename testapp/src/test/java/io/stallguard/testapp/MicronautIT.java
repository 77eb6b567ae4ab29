package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import java.util.List;
import java.util.stream.Stream;

/** Micronaut's client at its floor and the latest, which wants JDK 25. */
class MicronautIT extends NettySuite {
  private static final String CLIENT = "io.micronaut:micronaut-http-client:";

  @Override
  String probe() {
    return "MicronautProbe";
  }

  @Override
  Stream<Setup> setups() {
    return Stream.of(
        floor("Micronaut 3.10.4", CLIENT + "3.10.4"),
        latest(
            "Micronaut 5.2.23",
            CLIENT + "5.2.23",
            "io.micronaut:micronaut-jackson-databind:5.2.23"));
  }

  /** Micronaut 3 opens a connection of its own for each stream ({@code connectForStream}). */
  @Override
  boolean reusesConnections(Setup setup) {
    return !isFloor(setup);
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
