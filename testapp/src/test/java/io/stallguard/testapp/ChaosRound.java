package io.stallguard.testapp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.stallguard.testapp.ChaosEvent.Kind;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link ChaosPlan} as it is carried out in one JVM, with the agent or without it. */
final class ChaosRound implements AutoCloseable {
  private static final long POLL_MILLIS = 250;

  /** A consumer may be busy for so long, and is to be released after that. */
  private static final long QUIET = ChaosJudge.BOUND + MILLISECONDS.toNanos(3 * Fleet.LIMIT_MILLIS);

  private final ChaosPlan plan;
  private final boolean guarded;
  private final StallServer server = StallServer.start();
  private final ChaosHolds holds = new ChaosHolds();
  private final Fleet fleet;

  /** Null without one in the plan. */
  private final @Nullable CpuQuota quota;

  private ChaosRound(ChaosPlan plan, Jdk jdk, boolean guarded) {
    this.plan = plan;
    this.guarded = guarded;
    JavaCommand command = Fleet.command(jdk, "ChaosProbe", server.trustStore());
    plan.properties().forEach(command::property);
    this.fleet = Fleet.start(guarded ? guarded(command) : command);
    boolean throttled = plan.events().stream().anyMatch(each -> each.kind() == Kind.QUOTA);
    this.quota = throttled ? CpuQuota.of(fleet.pid()) : null;
  }

  /** All that may be silent has one limit. */
  private static JavaCommand guarded(JavaCommand command) {
    String limit = Fleet.LIMIT_MILLIS + "ms";
    return Fleet.guarded(command)
        .property("stallguard.first-byte", limit)
        .property("stallguard.done-grace", limit);
  }

  /**
   * Carries out a plan.
   *
   * @param guarded whether the agent is there
   */
  static ChaosResult run(ChaosPlan plan, Jdk jdk, boolean guarded) {
    try (ChaosRound round = new ChaosRound(plan, jdk, guarded)) {
      return round.run();
    }
  }

  private ChaosResult run() {
    fleet.warmUp(server::base, AllClients.ways());
    List<JobLine> jobs = new ChaosTimeline(plan, server, fleet, holds, quota).play();
    Map<String, Outcome> outcomes = awaitOutcomes(jobs);
    // What a probe was released from is told by a thread of its own, a little later.
    Commands.pauseMillis(POLL_MILLIS);
    fleet.lines("HELD").forEach(this::addHold);
    List<ChaosVerdict> verdicts = verdicts(outcomes);
    boolean over = outcomes.size() == jobs.size();
    return new ChaosResult(plan, verdicts, guarded && over ? numbers() : List.of());
  }

  /** Until all have ended, or nothing has happened for so long that more cannot be expected. */
  private Map<String, Outcome> awaitOutcomes(List<JobLine> jobs) {
    long progress = -1;
    long sinceNanos = System.nanoTime();
    Map<String, Outcome> outcomes = fleet.process().outcomes(jobs);
    while (outcomes.size() < jobs.size() && System.nanoTime() - sinceNanos < QUIET) {
      Commands.pauseMillis(POLL_MILLIS);
      outcomes = fleet.process().outcomes(jobs);
      long sent = server.exchanges().stream().mapToLong(SeenExchange::bytesSent).sum();
      if (sent + outcomes.size() != progress) {
        progress = sent + outcomes.size();
        sinceNanos = System.nanoTime();
      }
    }
    return outcomes;
  }

  /** The probe tells of its events by their forms, and of the consumers by the ids of streams. */
  private void addHold(String[] fields) {
    long begin = Long.parseLong(fields[2]);
    long end = Long.parseLong(fields[3]);
    for (Kind kind : Kind.values()) {
      if (fields[1].startsWith("event-" + kind)) {
        holds.add(kind, begin, end);
      }
    }
    for (ChaosStream stream : plan.streams()) {
      if (fields[1].equals(stream.id())) {
        holds.add(stream, begin, end);
      }
    }
  }

  private List<ChaosVerdict> verdicts(Map<String, Outcome> outcomes) {
    ChaosJudge judge = new ChaosJudge(holds);
    Map<String, ChaosServed> served = served();
    Map<String, Long> released = fleet.releasedNanos();
    List<ChaosVerdict> verdicts = new ArrayList<>();
    for (ChaosStream stream : plan.streams()) {
      String id = stream.id();
      verdicts.add(
          judge.judge(stream, served.get(id), outcomes.get(id), released.getOrDefault(id, 0L)));
    }
    return verdicts;
  }

  /** The server's record of each stream; of one that was asked for twice, the later. */
  private Map<String, ChaosServed> served() {
    Map<String, ChaosServed> served = new HashMap<>();
    for (SeenExchange exchange : server.exchanges()) {
      String[] parts = exchange.path().split("run=", 2);
      if (parts.length > 1) {
        served.put(parts[1].replaceFirst("/.*", ""), ChaosServed.of(exchange));
      }
    }
    return served;
  }

  /** What the agent counts and should not have. */
  private List<String> numbers() {
    AgentState state = fleet.await(each -> each.openStreams() == 0);
    List<String> wrong = new ArrayList<>();
    if (state.openStreams() != 0) {
      wrong.add("open streams: " + state.openStreams());
    }
    if (state.failedAborts() != 0) {
      wrong.add("failed aborts: " + state.failedAborts());
    }
    if (state.internalErrors() != 0) {
      wrong.add("internal errors: " + state.internalErrors());
    }
    return wrong;
  }

  @Override
  public void close() {
    fleet.close();
    if (quota != null) {
      quota.close();
    }
    server.close();
  }
}
