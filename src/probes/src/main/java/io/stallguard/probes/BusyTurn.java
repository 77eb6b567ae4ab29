package io.stallguard.probes;

import java.util.concurrent.TimeUnit;

/** What keeps the one thread of a client busy, beside the stream of a job. */
final class BusyTurn {
  private BusyTurn() {}

  /** Something that is no stream, on the same server. */
  static String unguarded(Job job) {
    return job.url().replaceFirst("/scenario/.*", "/echo?run=" + job.id() + "-unguarded");
  }

  /** A stream of its own, on the same server. */
  /** What gets an event each 400 ms for longer than anybody waits. */
  static Job steady(Job job) {
    return sibling(job, "slow-but-alive;events=150;period-ms=400");
  }

  /** Is busy for 100 ms with each piece. */
  static Received busyWithEach() {
    Received each = new Received(100);
    each.pauseAtEach();
    return each;
  }

  static Job sibling(Job job, String scenario) {
    return job.withUrl(
        job.url()
            .replaceFirst(
                "/scenario/[^/]*/", "/scenario/" + scenario + ";run=" + job.id() + "-sibling/"));
  }

  /** On the client's thread. */
  static void sleep(Job job) {
    try {
      TimeUnit.MILLISECONDS.sleep(job.pauseMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
