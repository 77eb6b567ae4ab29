package io.stallguard.testapp;

import io.stallguard.testapp.Usage.Delivery;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Conscrypt's sockets of the kind that reads the file descriptor by itself. */
class ConscryptNativeIT extends ConscryptIT {
  /** Later JDKs do not let it have the file descriptor. */
  @Override
  Stream<Setup> setups() {
    return on(Set.of(8));
  }

  @Override
  List<Usage> usages() {
    return List.of(new Usage("conscrypt-native", Delivery.BYTES, true, STALL));
  }
}
