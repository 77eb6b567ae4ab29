package io.stallguard.testapp;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How many versions and JDKs of a client a run tries. */
enum Breadth {
  /**
   * What each run has time for: the floor on the oldest JDK and the latest version on the newest,
   * between which the others lie; what the JDK itself brings, on every JDK.
   */
  ENDS {
    /** Half the processor time of a JVM that ends after seconds. */
    @Override
    List<String> jvmOptions() {
      return List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    @Override
    Stream<Setup> of(List<Setup> setups) {
      if (setups.stream().allMatch(Setup::isOfJdk)) {
        return setups.stream();
      }
      String floor = setups.get(0).client();
      String latest = setups.get(setups.size() - 1).client();
      return Stream.of(
              on(setups, floor).min(BY_JDK).orElseThrow(),
              on(setups, latest).max(BY_JDK).orElseThrow())
          .distinct();
    }
  },
  /** All of them, in JVMs as they come: {@code scripts/matrix}. */
  MATRIX {
    @Override
    List<String> jvmOptions() {
      return List.of();
    }

    @Override
    Stream<Setup> of(List<Setup> setups) {
      return setups.stream();
    }
  };

  private static final Comparator<Setup> BY_JDK =
      Comparator.comparingInt(setup -> setup.jdk().feature());

  /** The breadth of this run, which {@code scripts/matrix} sets. */
  static Breadth ofThisRun() {
    return Boolean.getBoolean("stallguard.matrix") ? MATRIX : ENDS;
  }

  /** What the JVMs of probes and apps are started with. */
  abstract List<String> jvmOptions();

  /**
   * Chooses from all setups of a client.
   *
   * @param setups versions in ascending order
   */
  abstract Stream<Setup> of(List<Setup> setups);

  private static Stream<Setup> on(List<Setup> setups, String client) {
    return setups.stream().filter(setup -> setup.client().equals(client));
  }
}
