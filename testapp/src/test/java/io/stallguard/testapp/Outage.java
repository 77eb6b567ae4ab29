package io.stallguard.testapp;

import io.stallguard.testapp.AllClients.Callback;
import io.stallguard.testapp.AllClients.Way;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Two hundred streams over all clients in one JVM, which go silent at the same moment. */
final class Outage implements AutoCloseable {
  static final int STREAMS = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What callbacks do, in turn. */
  private static final List<String> OWN_THREAD = List.of("plain", "block", "throw", "retry");

  private static final List<String> SHARED_THREAD = List.of("plain", "throw");

  /** So many streams have each abort thread started. */
  private static final int EARLY = 16;

  private final Shortage shortage;
  private final StallServer server = StallServer.start();
  private final Fleet fleet;
  private final List<JobLine> jobs;
  private final List<JobLine> early;

  /** Starts the JVM. */
  Outage(Shortage shortage) {
    this.shortage = shortage;
    this.fleet = Fleet.start(server.trustStore(), shortage::prepare);
    this.jobs = made();
    this.early = shortage.wantsAbortThreads() ? madeEarly() : List.of();
  }

  private List<JobLine> madeEarly() {
    String form = "plain+HttpUrlConnectionProbe/stream";
    return IntStream.range(0, EARLY)
        .mapToObj(i -> "early-" + i)
        .map(id -> JobLine.named(server::base, id, form, Protocol.H1, Scenario.STALL_MID, ""))
        .toList();
  }

  private List<JobLine> made() {
    List<Way> ways = AllClients.ways();
    List<JobLine> all = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      Way way = ways.get(i % ways.size());
      String callback = callback(way, i / ways.size());
      String id = "outage-" + way.name() + "-" + callback + "-" + i;
      String form = callback + "+" + way.form();
      all.add(JobLine.named(server::base, id, form, way.protocol(), Scenario.OUTAGE, ""));
    }
    return all;
  }

  private String callback(Way way, int round) {
    Callback where = way.callback();
    if (shortage.killsClients() && way.tellsAllAtItsDeath()) {
      where = Callback.SHARED_THREAD;
    }
    return switch (where) {
      case NONE -> "plain";
      case SHARED_THREAD -> SHARED_THREAD.get(round % SHARED_THREAD.size());
      case OWN_THREAD -> {
        String callback = OWN_THREAD.get(round % OWN_THREAD.size());
        // A request that cannot be made would be no stall, and the numbers not exact.
        boolean retries = callback.equals("retry");
        yield retries && !shortage.letsCallbacksRetry() ? "block" : callback;
      }
    };
  }

  /** Lets it all happen. */
  Result run() {
    fleet.warmUp(server::base, AllClients.ways());
    shortage.prepare(fleet.process());
    AgentState before = fleet.state();
    fleet.send(early);
    fleet.send(jobs);
    // Each has had events that are no heartbeats, and goes on.
    server.awaitExchanges(STREAMS, each -> isOfOutage(each) && each.eventsSent() > 4, PATIENCE);
    fleet.process().await(early);
    AgentState inFlight = fleet.state();
    server.beginOutage();
    shortage.begin(fleet.process());
    long backNanos = shortage.awaitEnd(fleet.process());
    Map<String, Long> released = fleet.awaitReleased(jobs, deadlineNanos(backNanos));
    fleet.process().send(JobLine.command("let-go", "let-go", 0));
    return new Result(before, inFlight, backNanos, released);
  }

  private static boolean isOfOutage(SeenExchange exchange) {
    return exchange.path().contains("run=outage-");
  }

  private static long deadlineNanos(long backNanos) {
    long millis = Fleet.LIMIT_MILLIS + Fleet.RELEASE_MILLIS + Fleet.SLACK_MILLIS;
    return backNanos + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  List<JobLine> jobs() {
    return jobs;
  }

  /** How each job ended, by its id, as far as they have. */
  Map<String, Outcome> awaitOutcomes() {
    return fleet.awaitOutcomes(jobs);
  }

  /** What became of the requests that callbacks made: of all, or of as many as did in a minute. */
  List<String> awaitRetried() {
    for (int i = 0; i < 300 && retried().size() < retries(); i++) {
      Commands.pauseMillis(200);
    }
    return retried();
  }

  private List<String> retried() {
    return fleet.lines("RETRIED").map(fields -> fields[2]).toList();
  }

  /** How many streams ended as wanted, as the app saw it. */
  long endedByUs(Predicate<String> isOurs) {
    return awaitOutcomes().values().stream()
        .filter(outcome -> isOurs.test(outcome.ending()))
        .count();
  }

  /** Streams that stall beside the two hundred. */
  long others() {
    return retries() + early.size();
  }

  long retries() {
    return jobs.stream().filter(job -> job.id().contains("-retry-")).count();
  }

  /** The server's streams that do not end; the last one may be reset a second after its reader. */
  List<SeenExchange> awaitEndAtServer() {
    for (int i = 0; i < 100 && !openAtServer().isEmpty(); i++) {
      Commands.pauseMillis(100);
    }
    return openAtServer();
  }

  private List<SeenExchange> openAtServer() {
    return server.exchanges().stream().filter(each -> isOfOutage(each) && !each.ended()).toList();
  }

  Fleet fleet() {
    return fleet;
  }

  @Override
  public void close() {
    fleet.close();
    shortage.close();
    server.close();
  }

  /**
   * What was seen.
   *
   * @param inFlight while all streams went on
   * @param backNanos when nothing was short any more
   * @param releasedNanos by the ids of jobs
   */
  record Result(
      AgentState before, AgentState inFlight, long backNanos, Map<String, Long> releasedNanos) {

    /** How the releases are spread, from the moment at which nothing was short any more. */
    String shown() {
      return Shown.millis(releasedNanos.values(), backNanos, STREAMS);
    }
  }
}
