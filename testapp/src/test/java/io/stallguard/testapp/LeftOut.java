package io.stallguard.testapp;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** What a machine cannot do is left out, and said. */
final class LeftOut {
  private LeftOut() {}

  /**
   * Leaves a test out; in continuous integration, which installs what it takes, that is a failure.
   *
   * @param why what it takes
   */
  static void unless(boolean possible, String why) {
    if (!possible && "true".equals(System.getenv("CI"))) {
      fail(why);
    }
    unlessMachineHas(possible, why);
  }

  /** Leaves a test out for want of something that nobody can install. */
  static void unlessMachineHas(boolean possible, String why) {
    if (!possible) {
      System.out.println("left out: " + why);
      abort(why);
    }
  }
}
