package io.stallguard.testapp;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client at its floor on the oldest JDK, and in its latest version on the one that builds and on
 * the newest.
 *
 * @param artifact as {@code group:name}
 */
record FloorAndLatest(String name, String artifact, String floor, String latest) {
  private static final int MAIN_JDK = 17;

  Stream<Setup> setups() {
    List<Jdk> jdks = Jdks.find().all();
    int newest = jdks.get(jdks.size() - 1).feature();
    return Stream.concat(
        Stream.of(setup(floor, jdks.get(0))),
        jdks.stream()
            .filter(jdk -> jdk.feature() == MAIN_JDK || jdk.feature() == newest)
            .map(jdk -> setup(latest, jdk)));
  }

  private Setup setup(String version, Jdk jdk) {
    return new Setup(
        name + " " + version + " on JDK " + jdk.feature(),
        jdk,
        ClassPaths.resolve(artifact + ":" + version));
  }

  /** The latest version on the JDK that builds. */
  Setup main() {
    return setup(latest, Jdks.find().jdk(MAIN_JDK));
  }
}
