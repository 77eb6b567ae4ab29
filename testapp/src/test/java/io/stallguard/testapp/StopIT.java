package io.stallguard.testapp;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testapp.AllClients.Way;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Processes that are stopped for longer than the limit, with streams over all clients that have
 * events and others that are silent. What a JVM did not see is no silence: no healthy stream is
 * aborted, and a silent one is released after the rest of its limit. A server that is stopped is
 * silent: its streams are released at the limit, and those of another server go on.
 */
@Isolated("Hundreds of streams at once make a machine busy, and are timed.")
class StopIT {
  private static final long STOP_MILLIS = Fleet.LIMIT_MILLIS + 1_000;

  /** A reader's clock is a tick coarse, and a signal takes effect a little later. */
  private static final long TICK_MILLIS = 300;

  /** Longer than all that happens before a stop of the server, or without one. */
  private static final String HEALTHY = "events=18;period-ms=400";

  @TestFactory
  Stream<DynamicTest> countsWhatTheClientCouldSee() {
    LeftOut.unless(Commands.works("kill", "-l"), "to stop a process takes the command kill");
    return SideBySide.allOf(
        List.of(
            dynamicTest("the client is stopped", StopIT::clientIsStopped),
            dynamicTest("client and server are stopped", StopIT::bothAreStopped),
            dynamicTest("the server is stopped", StopIT::serverIsStopped)));
  }

  private static void clientIsStopped() {
    try (ServerProcess server = ServerProcess.start(command -> command);
        Fleet fleet = Fleet.start(server.trustStore(), command -> command)) {
      expectRestOfLimit("client stopped", fleet, server, fleet.pid());
    }
  }

  private static void bothAreStopped() {
    try (ServerProcess server = ServerProcess.start(command -> command);
        Fleet fleet = Fleet.start(server.trustStore(), command -> command)) {
      expectRestOfLimit("both stopped", fleet, server, fleet.pid(), server.pid());
    }
  }

  private static void expectRestOfLimit(
      String name, Fleet fleet, ServerProcess server, long... pids) {
    List<Way> ways = AllClients.ways();
    fleet.warmUp(server::base, ways);
    AgentState before = fleet.state();
    List<JobLine> stalled = jobs(server::base, ways, "stalled", Scenario.STALL_MID, "");
    List<JobLine> healthy = jobs(server::base, ways, "healthy", Scenario.SLOW_BUT_ALIVE, HEALTHY);
    fleet.send(healthy);
    fleet.send(stalled);
    server.await(healthy.size() + stalled.size(), StopIT::isInFlight);

    signal("STOP", pids);
    long stoppedNanos = System.nanoTime();
    Commands.pauseMillis(STOP_MILLIS);
    long resumedNanos = System.nanoTime();
    signal("CONT", pids);

    awaitReleases(name, fleet, stalled, resumedNanos);
    SoftAssertions softly = new SoftAssertions();
    Map<String, Outcome> outcomes = expectReleased(softly, fleet, stalled);
    long stopMillis = TimeUnit.NANOSECONDS.toMillis(resumedNanos - stoppedNanos);
    softly
        .assertThat(outcomes.values())
        .as("ends after a stop of %d ms", stopMillis)
        .allMatch(outcome -> hadItsRest(outcome, stopMillis));
    expectUntouched(softly, fleet, healthy);
    expectNumbers(softly, fleet, before, stalled.size());
    softly.assertAll();
  }

  /** A piece that was read after the stop only began a silence of its own. */
  private static boolean hadItsRest(Outcome outcome, long stopMillis) {
    long silent = outcome.silentMillis();
    long seen = silent >= stopMillis ? silent - stopMillis : silent;
    return seen >= Fleet.LIMIT_MILLIS - TICK_MILLIS;
  }

  /** Those of another server go on, in the clear: a key is for one server. */
  private static void serverIsStopped() {
    try (ServerProcess silent = ServerProcess.start(command -> command);
        StallServer alive = StallServer.start();
        Fleet fleet = Fleet.start(silent.trustStore(), command -> command)) {
      List<Way> clear =
          AllClients.ways().stream().filter(way -> way.protocol().port() == Port.CLEAR).toList();
      fleet.warmUp(silent::base, AllClients.ways());
      fleet.warmUp(alive::base, clear);
      AgentState before = fleet.state();
      List<JobLine> stalled = jobs(silent::base, AllClients.ways(), "stalled", Scenario.OUTAGE, "");
      List<JobLine> healthy = jobs(alive::base, clear, "healthy", Scenario.SLOW_BUT_ALIVE, HEALTHY);
      fleet.send(healthy);
      fleet.send(stalled);
      silent.await(stalled.size(), StopIT::isInFlight);

      signal("STOP", silent.pid());
      awaitReleases("server stopped", fleet, stalled, System.nanoTime());
      signal("CONT", silent.pid());

      SoftAssertions softly = new SoftAssertions();
      expectReleased(softly, fleet, stalled);
      expectUntouched(softly, fleet, healthy);
      expectNumbers(softly, fleet, before, stalled.size());
      softly.assertAll();
    }
  }

  private static boolean isInFlight(String exchange) {
    return exchange.contains("run=") && !exchange.matches(".* [0-2] events.*");
  }

  private static void signal(String name, long... pids) {
    for (long pid : pids) {
      Commands.run("kill", "-" + name, Long.toString(pid));
    }
  }

  /** Until all are, or should be. */
  private static void awaitReleases(
      String name, Fleet fleet, List<JobLine> stalled, long sinceNanos) {
    long millis = Fleet.LIMIT_MILLIS + Fleet.RELEASE_MILLIS + Fleet.SLACK_MILLIS;
    Map<String, Long> released =
        fleet.awaitReleased(stalled, sinceNanos + TimeUnit.MILLISECONDS.toNanos(millis));
    System.out.println(name + ": " + Shown.millis(released.values(), sinceNanos, stalled.size()));
  }

  private static Map<String, Outcome> expectReleased(
      SoftAssertions softly, Fleet fleet, List<JobLine> stalled) {
    Map<String, Outcome> outcomes = fleet.awaitOutcomes(stalled);
    softly.assertThat(Shown.missing(stalled, outcomes.keySet())).as("not released").isEmpty();
    softly.assertThat(outcomes.values()).as("ends").allMatch(StopIT::isOurs);
    return outcomes;
  }

  private static boolean isOurs(Outcome outcome) {
    return outcome.ending().contains("idle limit of 3 s exceeded");
  }

  /** Healthy streams come to their own end. */
  private static void expectUntouched(SoftAssertions softly, Fleet fleet, List<JobLine> healthy) {
    Map<String, Outcome> outcomes = fleet.process().await(healthy);
    softly.assertThat(outcomes.values()).as("healthy").allMatch(Outcome::ended);
  }

  private static void expectNumbers(
      SoftAssertions softly, Fleet fleet, AgentState before, long stalled) {
    AgentState after = fleet.await(state -> state.openStreams() == 0);
    softly.assertThat(after.openStreams()).as("open streams").isZero();
    softly.assertThat(after.stalled() - before.stalled()).as("stalled").isEqualTo(stalled);
    softly.assertThat(after.failedAborts()).as("failed aborts").isZero();
    softly.assertThat(after.internalErrors()).as("internal errors").isZero();
  }

  private static List<JobLine> jobs(
      Function<Port, URI> bases, List<Way> ways, String kind, Scenario scenario, String settings) {
    return ways.stream()
        .map(
            way ->
                JobLine.named(
                    bases,
                    kind + "-" + way.name() + "-1",
                    "plain+" + way.form(),
                    way.protocol(),
                    scenario,
                    settings))
        .toList();
  }
}
