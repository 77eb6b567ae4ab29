package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenEnding;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.SeenExchange.Sent;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What holds for every client; a leaf tells how the client is had and used. */
abstract class ClientSuite {
  /** HTTP/2's error code for a stream that is not wanted any more. */
  private static final int CANCEL = 8;

  private static final String NOTHING = "nothing delivered: safe to retry";

  /** Above the limit: room for a busy machine. How late it really is, a benchmark measures. */
  private static final long LATE_MILLIS = 20_000;

  /** What is told of streams that end without a failure, once each. */
  private static final Map<Scenario, String> LINES =
      Map.of(
          Scenario.DONE_NO_CLOSE, "stream ended after its terminal event, connection aborted",
          Scenario.TRUNCATED, "stream truncated: ended ");

  private final ClientTable table = new ClientTable(this);

  abstract String probe();

  /**
   * The module that guards the client, as reports name it: what it leaves to the sockets would be
   * released as well.
   */
  abstract String module();

  /** All that there are, the versions in ascending order; a run may choose. */
  abstract Stream<Setup> setups();

  abstract List<Protocol> protocols();

  abstract List<Usage> usages();

  /** Jobs of this client alone that must end normally: WebSockets, servers. */
  abstract List<JobLine> others(StallServer server);

  /** An answer that is no stream, sends half of its body and the rest after the limit. */
  static JobLine halfJson(StallServer server, String form, Protocol protocol) {
    String path = "/json?half=true&delay-ms=" + ClientRun.LONG_MILLIS;
    return JobLine.plain(server, "half-json", form, protocol, "POST", path);
  }

  /** A WebSocket whose peer is silent for longer than the limit. */
  static JobLine silentWebSocket(StallServer server) {
    String path = "/websocket?silent-ms=" + ClientRun.LONG_MILLIS;
    return JobLine.plain(server, "websocket", "websocket", Protocol.H1, "GET", path);
  }

  /** Why there is nothing about a protocol in the table. */
  String reasonWithout(Protocol protocol) {
    return protocols().stream().noneMatch(Protocol::http2)
        ? "speaks HTTP/1.1 only"
        : "reason in `" + getClass().getSimpleName() + "`";
  }

  /**
   * What may pass from the arrival of bytes, where the silence begins, to the moment at which the
   * probe's thread has them.
   */
  long handOverMillis() {
    return 0;
  }

  /** Whether the client may have read more than its consumer has taken. */
  boolean readsAhead() {
    return false;
  }

  /** Whether the connection of a stream that came to its end carries another one. */
  boolean reusesConnections(Setup setup) {
    return true;
  }

  /** How the chain of exceptions begins when a stream stalls; older versions may differ. */
  String thrown(Setup setup, Usage usage, Scenario scenario) {
    return usage.thrown();
  }

  /** Whether all streams of HTTP/2 that are open at once share one connection. */
  boolean hasOneConnection() {
    return true;
  }

  /** A form that every protocol is fine with. */
  String anyForm() {
    return usages().get(0).form();
  }

  @TestFactory
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  Stream<DynamicContainer> releasesStalledStreamsAndTouchesNothingElse() {
    List<Setup> setups = Breadth.ofThisRun().of(setups().toList()).toList();
    ClientRuns runs = new ClientRuns(setups, setup -> new ClientRun(setup, probe()).run(this));
    return setups.stream()
        .map(
            setup ->
                dynamicContainer(
                    setup.name(), Stream.of(setup).flatMap(each -> tests(each, runs))));
  }

  /** Evaluated when the container is run: the JVM lives as long as its tests. */
  private Stream<DynamicTest> tests(Setup setup, ClientRuns runs) {
    ClientRun run = runs.await(setup);
    table.add(setup, run);
    List<DynamicTest> tests = new ArrayList<>();
    for (Protocol protocol : protocols()) {
      usages().forEach(usage -> addTests(tests, run, usage, protocol));
      tests.add(
          dynamicTest(protocol + " keeps an idle connection", () -> keptAlive(run, protocol)));
    }
    others(run.server()).forEach(job -> tests.add(untouched(run, job.id())));
    tests.add(untouched(run, "long-pause"));
    tests.add(dynamicTest("one report a stall and no internal error", () -> reports(run)));
    return tests.stream().onClose(() -> runs.close(run));
  }

  private void addTests(List<DynamicTest> tests, ClientRun run, Usage usage, Protocol protocol) {
    String name = usage.form() + " " + protocol + " ";
    for (Scenario scenario : ClientRun.STALLS) {
      tests.add(
          dynamicTest(
              name + scenario.pathName() + " is released",
              () -> released(run, usage, protocol, scenario)));
    }
    for (Scenario scenario : ClientRun.HEALTHY) {
      tests.add(
          dynamicTest(
              name + scenario.pathName() + " is untouched",
              () -> untouched(run, usage, protocol, scenario)));
    }
    tests.add(
        dynamicTest(
            name + "ping-only is released at the event limit",
            () -> releasedFromHeartbeats(run, usage, protocol)));
    tests.add(dynamicTest(name + "done-no-close ends normally", () -> ended(run, usage, protocol)));
    if (usage.pausable()) {
      addPausing(tests, run, usage, protocol);
    }
    tests.add(
        dynamicTest(
            name + "next request works",
            () -> whole(run.outcome(ClientRun.afterwardsId(usage, protocol)), usage, Scenario.OK)));
  }

  private void addPausing(List<DynamicTest> tests, ClientRun run, Usage usage, Protocol protocol) {
    String name = usage.form() + " " + protocol + " ";
    tests.add(
        dynamicTest(
            name + "slow-consumer is untouched",
            () ->
                whole(
                    run.outcome(usage, protocol, Scenario.SLOW_CONSUMER),
                    usage,
                    Scenario.SLOW_CONSUMER)));
    if (readsAhead()) {
      tests.add(
          dynamicTest(
              name + "busy consumer is released once it has all and waits",
              () -> releasedOnceItWaits(run, usage, protocol)));
    }
  }

  private void released(ClientRun run, Usage usage, Protocol protocol, Scenario scenario) {
    Outcome outcome = run.outcome(usage, protocol, scenario);
    SeenExchange exchange = run.exchange(outcome.id());

    aborted(run, exchange, protocol);
    assertThat(exchange.endedNanos() - exchange.lastBegunNanos())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(ClientRun.LIMIT_MILLIS));
    assertThat(outcome.ending())
        .startsWith(thrown(run.setup(), usage, scenario))
        .contains(message(scenario));
    assertThat(outcome.ending()).doesNotContain("secret");
    assertThat(outcome.silentMillis())
        .isBetween(ClientRun.LIMIT_MILLIS - handOverMillis(), ClientRun.LIMIT_MILLIS + LATE_MILLIS);
    if (usage.delivery() == Usage.Delivery.BYTES) {
      assertThat(outcome.sha256()).isEqualTo(sha256(scenario));
    }
    assertThat(outcome.ending())
        .contains(scenario == Scenario.STALL_FIRST_BYTE ? NOTHING : delivered(usage));
  }

  private String delivered(Usage usage) {
    return usage.delivery() == Usage.Delivery.WHOLE ? NOTHING : "partial content delivered";
  }

  private void releasedOnceItWaits(ClientRun run, Usage usage, Protocol protocol) {
    Outcome outcome = run.outcome(ClientRun.busyId(usage, protocol));

    assertThat(outcome.ending()).contains(message(Scenario.BURST_THEN_STALL));
    assertThat(outcome.silentMillis())
        .isBetween(ClientRun.LIMIT_MILLIS - handOverMillis(), ClientRun.LIMIT_MILLIS + LATE_MILLIS);
    if (usage.delivery() == Usage.Delivery.BYTES) {
      assertThat(outcome.sha256()).isEqualTo(sha256(Scenario.BURST_THEN_STALL));
    }
  }

  /** Their number is not known beforehand: what came is not compared. */
  private void releasedFromHeartbeats(ClientRun run, Usage usage, Protocol protocol) {
    Outcome outcome = run.outcome(usage, protocol, Scenario.PING_ONLY);
    SeenExchange exchange = run.exchange(outcome.id());

    if (!serverStood(exchange, outcome)) {
      assertThat(outcome.ending())
          .startsWith(thrown(run.setup(), usage, Scenario.PING_ONLY))
          .containsPattern(
              "event-idle limit of 7 s exceeded: no event but heartbeats for"
                  + " ([7-9]|1\\d|2[0-7])\\b")
          .contains(delivered(usage));
    }
    aborted(run, exchange, protocol);
  }

  private void untouched(ClientRun run, Usage usage, Protocol protocol, Scenario scenario) {
    Outcome outcome = run.outcome(usage, protocol, scenario);

    if (outcome.ended() || !serverStood(run.exchange(outcome.id()), outcome)) {
      whole(outcome, usage, scenario);
    }
  }

  /**
   * Whether the server's own JVM stood still for longer than the limit, as it was seen to on
   * machines that had just begun. The silence was real then, and so may be its release.
   */
  private static boolean serverStood(SeenExchange exchange, Outcome outcome) {
    long stoodMillis = TimeUnit.NANOSECONDS.toMillis(exchange.longestSilenceNanos());
    return stoodMillis >= ClientRun.LIMIT_MILLIS
        && outcome.ending().contains(message(Scenario.STALL_MID));
  }

  private void ended(ClientRun run, Usage usage, Protocol protocol) {
    Outcome outcome = run.outcome(usage, protocol, Scenario.DONE_NO_CLOSE);

    whole(outcome, usage, Scenario.DONE_NO_CLOSE);
    // What comes as a whole comes at the end, and nothing is silent after it.
    if (usage.delivery() != Usage.Delivery.WHOLE) {
      assertThat(silentMillis(outcome, run.exchange(outcome.id())))
          .isBetween(ClientRun.GRACE_MILLIS / 2, ClientRun.GRACE_MILLIS + LATE_MILLIS);
    }
    aborted(run, run.exchange(outcome.id()), protocol);
  }

  /**
   * How long it was silent, as the app saw it or the server, whichever is longer. Both note the
   * last bytes late on a busy machine, each by itself; a release that is early is so for both.
   */
  private static long silentMillis(Outcome outcome, SeenExchange exchange) {
    List<Sent> sent = exchange.sent();
    long sinceNanos = sent.get(sent.size() - 1).nanos();
    long seenByServer = TimeUnit.NANOSECONDS.toMillis(exchange.endedNanos() - sinceNanos);
    return Math.max(outcome.silentMillis(), seenByServer);
  }

  private static String message(Scenario scenario) {
    String limit = scenario == Scenario.STALL_FIRST_BYTE ? "first-byte" : "idle";
    return limit + " limit of " + ClientRun.LIMIT_MILLIS / 1000 + " s exceeded: no byte for ";
  }

  private static void aborted(ClientRun run, SeenExchange exchange, Protocol protocol) {
    if (protocol.http2()) {
      assertThat(exchange.ending()).isEqualTo(SeenEnding.RESET);
      assertThat(exchange.errorCode()).isEqualTo(CANCEL);
    } else {
      assertThat(exchange.ending()).isEqualTo(SeenEnding.CLOSED);
      assertThat(run.awaitConnectionClosed(exchange)).isTrue();
      assertThat(run.laterOnSameConnection(exchange)).isEmpty();
    }
  }

  private void whole(Outcome outcome, Usage usage, Scenario scenario) {
    assertThat(outcome.ending()).isEqualTo("END");
    if (usage.delivery() != Usage.Delivery.EVENTS) {
      assertThat(outcome.sha256()).isEqualTo(sha256(scenario));
    } else {
      assertThat(outcome.bytes()).isPositive();
    }
  }

  private static String sha256(Scenario scenario) {
    return Outcome.sha256(JobLine.body(scenario, ClientRun.settings(scenario)));
  }

  /** The connection that was idle for longer than the limit carries the next request too. */
  private void keptAlive(ClientRun run, Protocol protocol) {
    SeenExchange first = run.exchange("kept-alive-first-" + protocol);
    SeenExchange second = run.exchange("kept-alive-second-" + protocol);

    assertThat(run.outcome("kept-alive-second-" + protocol).ended()).isTrue();
    if (reusesConnections(run.setup())) {
      assertThat(second.connection()).isEqualTo(first.connection());
    }
    if (protocol.http2()) {
      siblingsFinished(run, second, protocol);
    }
  }

  /**
   * A connection of which a stream was reset lives on, as long as something else comes by it. Which
   * one a pool of several takes next is its own affair: only where all streams share one is it the
   * one that carries them to the end.
   */
  private void siblingsFinished(ClientRun run, SeenExchange exchange, Protocol protocol) {
    Set<Integer> carriers = run.connectionsWithReset(protocol);

    assertThat(carriers).as("connections with a reset stream, on %s", protocol).isNotEmpty();
    if (hasOneConnection()) {
      assertThat(carriers).allMatch(run.server()::connectionOpen);
      List<SeenExchange> siblings = run.laterOnSameConnection(exchange);
      assertThat(carriers).containsExactly(exchange.connection());
      assertThat(siblings)
          .extracting(SeenExchange::ending)
          .contains(SeenEnding.RESET, SeenEnding.COMPLETED);
      assertThat(siblings)
          .filteredOn(sibling -> sibling.path().contains("afterwards"))
          .as("requests after the stalls, on %s", protocol)
          .isNotEmpty();
    }
  }

  private static DynamicTest untouched(ClientRun run, String id) {
    return dynamicTest(
        id + " is untouched", () -> assertThat(run.outcome(id).ending()).isEqualTo("END"));
  }

  private void reports(ClientRun run) {
    List<String> reports = run.reports("stream stalled, aborted", run.stalls());

    assertThat(reports).hasSize((int) run.stalls());
    for (Map.Entry<Scenario, String> line : LINES.entrySet()) {
      long count = run.count(line.getKey());
      assertThat(run.reports(line.getValue(), count)).hasSize((int) count);
    }
    assertThat(run.err())
        .filteredOn(line -> line.contains("stallguard"))
        .allMatch(line -> line.startsWith("[stallguard] "));
    assertThat(run.err())
        .filteredOn(
            line -> line.startsWith("[stallguard]   client ") && line.contains("watched as"))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("[stallguard]   client " + module() + ", "))
        .allMatch(line -> line.contains(", remote address "));
    assertThat(run.err()).noneMatch(line -> line.contains("internal error"));
    assertThat(run.err()).noneMatch(line -> line.contains("secret"));
    assertThat(run.err())
        .as("the census of clients")
        .noneMatch(line -> line.contains(" is not guarded") || line.contains(" guarded in part"));
  }
}
