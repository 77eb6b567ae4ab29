package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Streams whose readers an app keeps from reading, side by side: one that goes on, one whose server
 * is silent, and one whose connection ends. Each way of use is one of {@code BusyReaderProbe}.
 */
final class StreamPairs {
  static final String OKHTTP = "OkHttpProbe/blocking";

  /** More than twice the limit. */
  static final long BUSY_MILLIS = 7_000;

  /** Far beyond the limit and all that holds the reader up, on a machine that is full, too. */
  private static final long SOON_MILLIS = 45_000;

  private static final String STALL = "io.stallguard.core.StallTimeoutException: idle limit of 3 s";

  /** A stream whose connection ends while its reader has no time. */
  private static final String ENDS = "period-ms=1500";

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(ClientRun.LIMIT_MILLIS);

  private final StallServer server;
  private final String kind;
  private final String alive;
  private final List<JobLine> healthy = new ArrayList<>();
  private final List<JobLine> silent = new ArrayList<>();
  private final List<JobLine> cut = new ArrayList<>();
  private final List<JobLine> unread = new ArrayList<>();
  private String unreadSettings = "";
  private Map<String, Outcome> outcomes = Map.of();

  StreamPairs(StallServer server, String kind, String alive) {
    this.server = server;
    this.kind = kind;
    this.alive = alive;
  }

  void add(String form, Protocol... protocols) {
    Arrays.stream(protocols)
        .forEach(
            protocol -> {
              healthy.add(job(form, protocol, Scenario.SLOW_BUT_ALIVE, alive));
              silent.add(job(form, protocol, Scenario.STALL_MID, ""));
              if (!protocol.http2()) {
                cut.add(job(form, protocol, Scenario.TRUNCATED_CUT, ENDS));
              }
            });
  }

  /** Adds a pair whose reader is busy with the begin of its stream for long. */
  void unread(String form, Protocol protocol, String settings, long busyMillis) {
    unreadSettings = settings;
    unread.add(job(form, protocol, Scenario.SLOW_CONSUMER, settings).withPause(busyMillis));
  }

  private JobLine job(String form, Protocol protocol, Scenario scenario, String settings) {
    String id = form.replace('/', '-') + "-" + protocol + "-" + scenario.pathName();
    return JobLine.named(server, id, kind + "+" + form, protocol, scenario, settings);
  }

  /** Runs all streams, and something that leaves their readers no time once they have begun. */
  void runWhile(ProbeProcess process, String busy) {
    runWhile(process, busy, () -> {});
  }

  /**
   * Runs all streams, and something that leaves their readers no time once they have begun.
   *
   * @param begun is run when they have begun
   */
  void runWhile(ProbeProcess process, String busy, Runnable begun) {
    send(process);
    server.awaitExchanges(count(), StreamPairs::hasBegun, PATIENCE);
    begun.run();
    process.send(JobLine.command("compute", "compute+" + busy, BUSY_MILLIS));
    areAsTheyShouldBe(process);
  }

  private static boolean hasBegun(SeenExchange exchange) {
    return exchange.path().contains("/scenario/") && exchange.bytesSent() > 0;
  }

  private List<JobLine> all() {
    return Stream.of(unread, healthy, silent, cut).flatMap(List::stream).toList();
  }

  private int count() {
    return all().size();
  }

  void run(ProbeProcess process) {
    send(process);
    areAsTheyShouldBe(process);
  }

  private void send(ProbeProcess process) {
    all().forEach(process::send);
  }

  private void areAsTheyShouldBe(ProbeProcess process) {
    List<JobLine> all = all();
    process.process().awaitLine(line -> process.outcomes(all).size() == all.size(), PATIENCE);
    outcomes = process.outcomes(all);
    assertThat(healthy).allSatisfy(job -> isWhole(job, Scenario.SLOW_BUT_ALIVE, alive));
    assertThat(unread).allSatisfy(job -> isWhole(job, Scenario.SLOW_CONSUMER, unreadSettings));
    assertThat(silent).allSatisfy(this::isReleased);
    assertThat(cut).allSatisfy(job -> isOfTheClient(outcomes.get(job.id())));
    assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
  }

  private void isWhole(JobLine job, Scenario scenario, String settings) {
    Outcome outcome = outcomes.get(job.id());
    if (!outcome.ended() && hasStood(job)) {
      // The silence was the server's own, so its release is right.
      return;
    }
    assertThat(outcome.ending())
        .as(
            "%s, sent by the server at %s",
            job.id(), seen(job).map(SeenExchange::timeline).toList())
        .isEqualTo("END");
    assertThat(outcome.sha256())
        .as(job.id())
        .isEqualTo(Outcome.sha256(JobLine.body(scenario, settings)));
  }

  /** Whether the server's own JVM has stood still for longer than the limit. */
  private boolean hasStood(JobLine job) {
    return seen(job).anyMatch(exchange -> exchange.longestSilenceNanos() >= LIMIT_NANOS);
  }

  private Stream<SeenExchange> seen(JobLine job) {
    return server.exchanges().stream()
        .filter(exchange -> exchange.path().contains("run=" + job.id() + "/"));
  }

  /** A connection has ended, and the client tells of that as it does without an agent. */
  private static void isOfTheClient(Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).isNotEmpty().doesNotContain("StallTimeout");
  }

  private void isReleased(JobLine job) {
    Outcome outcome = outcomes.get(job.id());
    assertThat(outcome.ending()).as(job.id()).startsWith(STALL);
    assertThat(outcome.silentMillis()).as(job.id()).isBetween(ClientRun.LIMIT_MILLIS, SOON_MILLIS);
  }

  /** Of those whose server was silent. */
  List<Long> silentMillis() {
    return silent.stream().map(job -> outcomes.get(job.id()).silentMillis()).toList();
  }
}
