package io.stallguard.testapp;

/**
 * Something that a {@link ChaosRound} does to the JVM for a while.
 *
 * @param amount tasks, threads or percent
 */
record ChaosEvent(Kind kind, long startMillis, long millis, int amount) {

  /** What the probe is asked for, if it is the one who does it. */
  JobLine job(int number) {
    return JobLine.command("event-" + kind + "-" + number, kind.form(amount), millis);
  }

  /** What is done. */
  enum Kind {
    POOL("pool-%d", ChaosStream.JDK),
    BUSY("busy-%d", ""),
    CARRIER("carrier", ChaosStream.VIRTUAL),
    QUOTA("", ChaosStream.ALL),
    STOP("", ChaosStream.ALL);

    private final String form;
    private final String key;

    Kind(String form, String key) {
      this.form = form;
      this.key = key;
    }

    private String form(int amount) {
      return form.formatted(amount);
    }

    /** What it holds up; empty where that does not stand still. */
    String key() {
      return key;
    }

    boolean isOfProbe() {
      return !form.isEmpty();
    }
  }
}
