package io.stallguard.testapp;

import io.stallguard.testing.server.Scenario;
import java.nio.file.Path;
import java.util.List;

/**
 * A client and how it is used.
 *
 * @param module of the agent that guards it
 * @param form the probe, a slash and its form
 * @param most what is spoken by most jobs
 * @param others what is spoken by the others
 */
record LeakClient(
    String title,
    String module,
    List<Path> classPath,
    String form,
    Protocol most,
    Protocol others,
    Kind kind) {

  static LeakClient of(String title, String module, List<Path> classPath, String form) {
    return new LeakClient(
        title, module, classPath, form, Protocol.H1, Protocol.TLS_H1, Kind.STALLING);
  }

  /** The connections of streams that stall stay open. */
  LeakClient overHttp2() {
    return over(Protocol.H2C, Protocol.TLS_H2);
  }

  /** Where a client has to be let choose. */
  LeakClient overNegotiatedHttp2() {
    return over(Protocol.TLS_H2, Protocol.TLS_H2);
  }

  private LeakClient over(Protocol clear, Protocol tls) {
    return new LeakClient(title, module, classPath, form, clear, tls, kind);
  }

  LeakClient that(Kind other) {
    return new LeakClient(title, module, classPath, form, most, others, other);
  }

  LeakClient by(String otherForm) {
    String[] probe = form.split("/");
    return new LeakClient(
        title + " " + otherForm, module, classPath, probe[0] + "/" + otherForm, most, others, kind);
  }

  String name() {
    return title + (most.http2() ? " HTTP/2" : "") + kind.suffix;
  }

  /** How streams go silent, with the limits that are long enough for what is to come before. */
  enum Kind {
    /** On a busy machine the limit may come before all events have. */
    STALLING("", Scenario.STALL_MID, "limit of 0.2 s exceeded", "200ms"),
    /** Streams stay open after their last event. */
    LINGERING(" after done", Scenario.DONE_NO_CLOSE, "END", "5s"),
    /** The app gives up after the first piece; the client reads on. */
    CLOSED_EARLY(" closed early", Scenario.STALL_MID, "END", "1s");

    private final String suffix;
    private final Scenario scenario;
    private final String ending;
    private final String idle;

    Kind(String suffix, Scenario scenario, String ending, String idle) {
      this.suffix = suffix;
      this.scenario = scenario;
      this.ending = ending;
      this.idle = idle;
    }

    Scenario scenario() {
      return scenario;
    }

    /** What becomes of each job. */
    String ending() {
      return ending;
    }

    /** The limit on silence. */
    String idle() {
      return idle;
    }
  }
}
