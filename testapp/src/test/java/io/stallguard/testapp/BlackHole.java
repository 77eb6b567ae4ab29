package io.stallguard.testapp;

import io.stallguard.testapp.AllClients.Way;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/**
 * Streams over all clients in one JVM that have events until the network falls silent under them,
 * and what must become of them.
 */
final class BlackHole {
  private static final int STREAMS_OF_CLIENT = 20;

  /** A reader's clock is a tick coarse, and its last piece was read a little before. */
  private static final long TICK_MILLIS = 200;

  /** Forms of clients that share a connection of HTTP/2, and can send and receive at once on it. */
  private static final Set<String> DUPLEX =
      Set.of(
          "OkHttpProbe/blocking",
          "JavaHttpClientProbe/input-stream",
          "ApacheAsync5Probe/bytes",
          "ReactorNettyProbe/block-last",
          "ReactorNettyProbe/one-by-one");

  private final String name;
  private final Fleet fleet;
  private final Function<Port, URI> bases;
  private final List<Way> ways;
  private final List<JobLine> jobs = new ArrayList<>();
  private AgentState before;

  private BlackHole(String name, Fleet fleet, Function<Port, URI> bases, List<Way> ways) {
    this.name = name;
    this.fleet = fleet;
    this.bases = bases;
    this.ways = ways;
  }

  /** Of each client 20 streams, shared out over the ways in which it is used. */
  static BlackHole ofAll(String name, Fleet fleet, Function<Port, URI> bases) {
    BlackHole hole = new BlackHole(name, fleet, bases, AllClients.ways());
    hole.addAll();
    return hole;
  }

  /**
   * Streams over HTTP/2 alone, with a request on each connection that never ends: when nothing is
   * taken any more it fills what can be filled, and whoever wants to write has to wait behind it.
   */
  static BlackHole ofFullConnections(String name, Fleet fleet, Function<Port, URI> bases) {
    List<Way> ways = AllClients.ways().stream().filter(BlackHole::isDuplex).toList();
    BlackHole hole = new BlackHole(name, fleet, bases, ways);
    hole.addAll();
    return hole;
  }

  private static boolean isDuplex(Way way) {
    return way.protocol().http2() && DUPLEX.contains(way.form());
  }

  private void addAll() {
    ways.stream()
        .collect(Collectors.groupingBy(way -> way.form().split("/")[0]))
        .values()
        .forEach(this::add);
  }

  private void add(List<Way> ofClient) {
    for (int i = 0; i < STREAMS_OF_CLIENT; i++) {
      Way way = ofClient.get(i % ofClient.size());
      String id = name + "-" + way.name() + "-" + i;
      jobs.add(
          JobLine.named(
              bases, id, "plain+" + way.form(), way.protocol(), Scenario.OUTAGE, "period-ms=300"));
    }
  }

  int streams() {
    return jobs.size();
  }

  /** Sends all requests; those that never end first. */
  void begin(boolean uploads) {
    fleet.warmUp(bases, ways);
    before = fleet.state();
    if (uploads) {
      ways.forEach(this::upload);
    }
    fleet.send(jobs);
  }

  private void upload(Way way) {
    String form = "plain+" + way.form().split("/")[0] + "/upload";
    String id = "upload-" + way.name();
    String url = bases.apply(way.protocol().port()) + "/echo?run=" + id;
    fleet.process().send(new JobLine(id, form, way.protocol(), "POST", 0, url));
  }

  /** Whether a line of the server's record is of a stream that has had events. */
  boolean isInFlight(String exchange) {
    return exchange.contains("run=" + name + "-") && !exchange.matches(".* [0-4] events.*");
  }

  /** All are released at their limit, and their bodies closed; counted, and nothing is left. */
  void expectReleases(long silentNanos) {
    long millis = Fleet.LIMIT_MILLIS + Fleet.RELEASE_MILLIS + Fleet.SLACK_MILLIS;
    Map<String, Long> released =
        fleet.awaitReleased(jobs, silentNanos + TimeUnit.MILLISECONDS.toNanos(millis));
    Map<String, Outcome> outcomes = fleet.awaitOutcomes(jobs);
    System.out.println(name + ": " + Shown.millis(released.values(), silentNanos, jobs.size()));

    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(Shown.missing(jobs, released.keySet())).as("not released").isEmpty();
    softly.assertThat(Shown.missing(jobs, outcomes.keySet())).as("not closed").isEmpty();
    softly.assertThat(outcomes.values()).as("ends").allMatch(BlackHole::isOurs);
    AgentState after = fleet.await(state -> state.openStreams() == 0);
    softly.assertThat(after.openStreams()).as("open streams").isZero();
    softly.assertThat(after.stalled() - before.stalled()).as("stalled").isEqualTo(jobs.size());
    softly.assertThat(after.guarded() - before.guarded()).as("guarded").isEqualTo(jobs.size());
    softly.assertThat(after.failedAborts()).as("failed aborts").isZero();
    softly.assertThat(after.internalErrors()).as("internal errors").isZero();
    softly.assertAll();
  }

  /** With our exception, and not before the limit. */
  private static boolean isOurs(Outcome outcome) {
    return outcome.ending().contains("idle limit of 3 s exceeded")
        && outcome.silentMillis() >= Fleet.LIMIT_MILLIS - TICK_MILLIS;
  }
}
