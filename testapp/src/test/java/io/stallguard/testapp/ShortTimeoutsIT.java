package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Readers with a short timeout of their own that read again each time: the times for which they
 * waited are one silence, and what they do in between is none.
 */
class ShortTimeoutsIT {
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";

  /** Beyond the limit by all that a busy machine may take. */
  private static final long SOON_MILLIS = ClientRun.LIMIT_MILLIS + 15_000;

  /** Gaps below the limit which are more than it together. */
  private static final String ALIVE = "events=3;period-ms=1700";

  private static final Reader SHORT = new Reader(500, 0);
  private static final Reader LONGER = new Reader(2_000, 0);

  /** Waits for half of its time only. */
  private static final Reader BUSY = new Reader(500, 500);

  @TestFactory
  Stream<DynamicTest> areReleasedAfterTheSumOfTheirWaits() {
    List<Jdk> all = Jdks.find().all();
    return SideBySide.of(
        Stream.of(all.get(0), Jdks.find().jdk(17), all.get(all.size() - 1))
            .distinct()
            .map(jdk -> dynamicTest("JDK " + jdk.feature(), () -> run(jdk)))
            .toList());
  }

  private static void run(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(jdk, server)) {
      List<JobLine> alive = new ArrayList<>();
      List<JobLine> silent = new ArrayList<>();
      for (Reader reader : List.of(SHORT, LONGER, BUSY)) {
        for (Way way : ways(jdk)) {
          alive.add(way.job(server, reader, Scenario.SLOW_BUT_ALIVE, ALIVE));
          silent.add(way.job(server, reader, Scenario.STALL_MID, ""));
        }
      }
      List<JobLine> all = new ArrayList<>(alive);
      all.addAll(silent);

      Map<String, Outcome> outcomes = process.run(all);

      alive.forEach(job -> isWhole(outcomes.get(job.id())));
      silent.forEach(job -> isReleased(outcomes.get(job.id()), job));
      assertThat(process.awaitErr("stream stalled, aborted", silent.size())).hasSize(silent.size());
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  /** A TLS socket of JDK 8 may fail for good once a read has timed out. */
  private static List<Way> ways(Jdk jdk) {
    return Stream.of(Way.values())
        .filter(way -> way != Way.TLS_SOCKET || jdk.feature() > 8)
        .toList();
  }

  private static ProbeProcess start(Jdk jdk, StallServer server) {
    return ProbeProcess.start(
        jdk,
        "ShortTimeoutProbe",
        List.of(),
        server,
        Map.of(
            "stallguard.idle",
            ClientRun.LIMIT_MILLIS + "ms",
            "stallguard.sockets",
            "127.0.0.1:" + server.base(Port.CLEAR).getPort()));
  }

  private static void isWhole(Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END");
    assertThat(outcome.sha256())
        .as(outcome.id())
        .isEqualTo(Outcome.sha256(JobLine.body(Scenario.SLOW_BUT_ALIVE, ALIVE)));
  }

  private static void isReleased(Outcome outcome, JobLine job) {
    assertThat(outcome.ending()).as(outcome.id()).startsWith(STALL).contains("limit of 3 s");
    // Where waits last longer than they are meant to, fewer of them and of the pauses between make
    // up
    // the limit: at least one does.
    long pauses = job.form().endsWith("-500-500") ? BUSY.pauseMillis : 0;
    long least = ClientRun.LIMIT_MILLIS + pauses;
    assertThat(outcome.silentMillis()).as(outcome.id()).isBetween(least, SOON_MILLIS);
  }

  /** How long a reader waits at once, and what it does then. */
  private record Reader(long timeoutMillis, long pauseMillis) {}

  /** What is read, and by what it is guarded. */
  private enum Way {
    NAMED_SOCKET("socket", Protocol.H1, "127.0.0.1"),
    SOCKET("socket", Protocol.H1, "localhost"),
    TLS_SOCKET("socket", Protocol.TLS_H1, "localhost"),
    URL_CONNECTION("url", Protocol.H1, "localhost");

    private final String client;
    private final Protocol protocol;
    private final String host;

    Way(String client, Protocol protocol, String host) {
      this.client = client;
      this.protocol = protocol;
      this.host = host;
    }

    JobLine job(StallServer server, Reader reader, Scenario scenario, String settings) {
      String form = client + "-" + reader.timeoutMillis + "-" + reader.pauseMillis;
      String id = this + "-" + form + "-" + scenario.pathName();
      JobLine job = JobLine.named(server, id, form, protocol, scenario, settings);
      String url = job.url().replace("127.0.0.1", host);
      return new JobLine(id, form, protocol, "POST", 0, url);
    }
  }
}
