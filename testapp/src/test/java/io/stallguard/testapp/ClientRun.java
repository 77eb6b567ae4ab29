package io.stallguard.testapp;

import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenEnding;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Everything that is tried with one client in one version on one JDK, in one JVM under the built
 * jar: all ways of use, all protocols, all scenarios side by side.
 */
final class ClientRun implements AutoCloseable {
  /**
   * Short enough for a test, long enough that a busy machine does not look like a silent server.
   */
  static final long LIMIT_MILLIS = 3_000;

  /** Beyond any doubt longer than the limit. */
  static final long LONG_MILLIS = 5_000;

  static final Set<Scenario> STALLS =
      Set.of(
          Scenario.STALL_MID,
          Scenario.STALL_FIRST_BYTE,
          Scenario.HALF_EVENT,
          Scenario.BURST_THEN_STALL);

  static final Set<Scenario> HEALTHY =
      Set.of(Scenario.OK, Scenario.SLOW_BUT_ALIVE, Scenario.DONE_THEN_MORE, Scenario.TRUNCATED);

  /** Above the limit on bytes, which it takes the place of. */
  static final long GRACE_MILLIS = 4_000;

  /**
   * Above the limit on bytes, so that heartbeats have to be told from events. Far above: events
   * come with pauses while all streams of a run begin.
   */
  static final long EVENT_LIMIT_MILLIS = 7_000;

  /**
   * Far more than an app reads at once, so that data waits for it. Not more: all consumers of a
   * protocol share two cores, and of HTTP/2 one connection, with streams whose silence is timed.
   */
  static final String SLOW_CONSUMER = "burst-bytes=200000";

  /** Longer than the limit, and less than the 5 s for which the JDK keeps a connection. */
  private static final long PAUSE_MILLIS = 3_600;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * The crowds of all runs begin in turn: hundreds of streams that begin at once, in a JVM that has
   * just started, take all processors for seconds, and two of them are late with everything.
   */
  private static final Semaphore BEGINNING = new Semaphore(1, true);

  private static final Duration LONGEST_BEGIN = Duration.ofSeconds(5);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Setup setup;
  private final StallServer server = StallServer.start();
  private final ProbeProcess process;
  private final Map<String, Outcome> outcomes = new HashMap<>();

  ClientRun(Setup setup, String probe) {
    this.setup = setup;
    this.process =
        ProbeProcess.start(
            setup.jdk(),
            probe,
            setup.classPath(),
            server,
            Map.of(
                "stallguard.idle",
                LIMIT_MILLIS + "ms",
                "stallguard.event-idle",
                EVENT_LIMIT_MILLIS + "ms",
                "stallguard.done-grace",
                GRACE_MILLIS + "ms"));
  }

  static String settings(Scenario scenario) {
    return switch (scenario) {
      // No heartbeat is to come just when the limit on events is reached: OkHttp answers one for a
      // stream that it cancels with a reset of its own, PROTOCOL_ERROR.
      case PING_ONLY -> "period-ms=800";
      case SLOW_BUT_ALIVE -> "events=12;period-ms=400";
      case BURST_THEN_STALL -> "burst-bytes=100000";
      case SLOW_CONSUMER -> SLOW_CONSUMER;
      default -> "";
    };
  }

  /** Runs all, in waves that need each other. */
  ClientRun run(ClientSuite suite) {
    send(warmUp(suite));
    send(keptAlive(suite, "first"));
    send(List.of(longAnswer(suite, "long-pause", "localhost")));
    send(keptAlive(suite, "second"));
    sendCrowd(allAtOnce(suite));
    send(afterwards(suite));
    return this;
  }

  private void send(List<JobLine> jobs) {
    outcomes.putAll(process.run(jobs));
  }

  /** Sends many jobs that begin at once; those of other runs are to begin later. */
  private void sendCrowd(List<JobLine> jobs) {
    BEGINNING.acquireUninterruptibly();
    try {
      long expected = begun() + jobs.size();
      jobs.forEach(process::send);
      awaitBegun(expected);
    } finally {
      BEGINNING.release();
    }
    outcomes.putAll(process.await(jobs));
  }

  /** Waits until so many answers have begun, or for some time: a client may ask for some later. */
  private void awaitBegun(long expected) {
    long endAt = System.nanoTime() + LONGEST_BEGIN.toNanos();
    while (begun() < expected && System.nanoTime() - endAt < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private long begun() {
    return server.exchanges().stream().filter(exchange -> exchange.headNanos() != 0).count();
  }

  /** A request without a body: the server upgrades no other from HTTP/1.1 to h2c. */
  private List<JobLine> warmUp(ClientSuite suite) {
    return suite.protocols().stream()
        .map(
            protocol ->
                JobLine.plain(
                    server, "warm-up-" + protocol, suite.anyForm(), protocol, "GET", "/echo"))
        .toList();
  }

  private List<JobLine> keptAlive(ClientSuite suite, String turn) {
    return suite.protocols().stream()
        .map(
            protocol ->
                JobLine.named(
                    server,
                    "kept-alive-" + turn + "-" + protocol,
                    suite.anyForm(),
                    protocol,
                    Scenario.OK,
                    ""))
        .toList();
  }

  /** An answer that is no stream and takes longer than the limit. */
  private JobLine longAnswer(ClientSuite suite, String id, String host) {
    JobLine job =
        JobLine.plain(
            server, id, suite.anyForm(), Protocol.H1, "POST", "/json?delay-ms=" + PAUSE_MILLIS);
    return new JobLine(
        id, job.form(), job.protocol(), "POST", 0, job.url().replace("127.0.0.1", host));
  }

  private List<JobLine> allAtOnce(ClientSuite suite) {
    List<JobLine> jobs = new ArrayList<>(suite.others(server));
    for (Protocol protocol : suite.protocols()) {
      for (Usage usage : suite.usages()) {
        STALLS.forEach(scenario -> jobs.add(job(usage, protocol, scenario)));
        HEALTHY.forEach(scenario -> jobs.add(job(usage, protocol, scenario)));
        jobs.add(job(usage, protocol, Scenario.PING_ONLY));
        jobs.add(job(usage, protocol, Scenario.DONE_NO_CLOSE));
        if (usage.pausable()) {
          jobs.add(job(usage, protocol, Scenario.SLOW_CONSUMER).withPause(LONG_MILLIS));
          if (suite.readsAhead()) {
            jobs.add(busy(usage, protocol));
          }
        }
      }
    }
    return jobs;
  }

  private JobLine job(Usage usage, Protocol protocol, Scenario scenario) {
    return JobLine.of(server, usage.form(), protocol, scenario, settings(scenario));
  }

  /** Busy for longer than the limit with the begin of an answer that is silent by then. */
  private JobLine busy(Usage usage, Protocol protocol) {
    Scenario scenario = Scenario.BURST_THEN_STALL;
    String settings = settings(scenario);
    return JobLine.named(
            server, busyId(usage, protocol), usage.form(), protocol, scenario, settings)
        .withPause(LONG_MILLIS);
  }

  static String busyId(Usage usage, Protocol protocol) {
    return "busy-" + usage.form() + "-" + protocol;
  }

  private List<JobLine> afterwards(ClientSuite suite) {
    List<JobLine> jobs = new ArrayList<>();
    for (Protocol protocol : suite.protocols()) {
      for (Usage usage : suite.usages()) {
        String id = afterwardsId(usage, protocol);
        jobs.add(JobLine.named(server, id, usage.form(), protocol, Scenario.OK, ""));
      }
    }
    return jobs;
  }

  static String afterwardsId(Usage usage, Protocol protocol) {
    return "afterwards-" + usage.form() + "-" + protocol;
  }

  Setup setup() {
    return setup;
  }

  StallServer server() {
    return server;
  }

  Outcome outcome(String id) {
    return outcomes.get(id);
  }

  Outcome outcome(Usage usage, Protocol protocol, Scenario scenario) {
    return outcomes.get(usage.form() + "-" + protocol + "-" + scenario.pathName());
  }

  /** The server's record of a job, once it is over there too. */
  SeenExchange exchange(String id) {
    return server.awaitExchange(exchange -> isOf(exchange, id) && exchange.ended(), PATIENCE);
  }

  /** From the response head to the end that the app saw, of each job, by its id. */
  Map<String, Double> secondsSinceHead() {
    Map<String, Long> heads = new HashMap<>();
    server.exchanges().forEach(exchange -> heads.put(runOf(exchange), exchange.headNanos()));
    Map<String, Double> seconds = new HashMap<>();
    process
        .toldNanos()
        .forEach((id, told) -> seconds.put(id, (told - heads.getOrDefault(id, told)) / 1e9));
    return seconds;
  }

  private static String runOf(SeenExchange exchange) {
    return exchange.path().replaceFirst(".*\\brun=([^/&]*).*", "$1");
  }

  private static boolean isOf(SeenExchange exchange, String id) {
    return exchange.path().contains("run=" + id + "/") || exchange.path().endsWith("run=" + id);
  }

  /** The exchanges that the same connection carried after this one. */
  List<SeenExchange> laterOnSameConnection(SeenExchange exchange) {
    return server.exchanges().stream()
        .filter(other -> other.connection() == exchange.connection())
        .filter(other -> other.number() > exchange.number())
        .toList();
  }

  /** The connections of HTTP/2 on which a stream of this protocol's jobs was reset. */
  Set<Integer> connectionsWithReset(Protocol protocol) {
    return server.exchanges().stream()
        .filter(exchange -> runOf(exchange).matches(".*-" + protocol + "(-.*)?"))
        .filter(exchange -> exchange.protocol().equals("HTTP/2.0"))
        .filter(exchange -> exchange.ending() == SeenEnding.RESET)
        .map(SeenExchange::connection)
        .collect(Collectors.toSet());
  }

  boolean awaitConnectionClosed(SeenExchange exchange) {
    return server.awaitConnectionClosed(exchange.connection(), PATIENCE);
  }

  long stalls() {
    return outcomes.values().stream().filter(outcome -> !outcome.ended()).count();
  }

  long count(Scenario scenario) {
    return outcomes.keySet().stream().filter(id -> id.endsWith("-" + scenario.pathName())).count();
  }

  /** Standard error, once it has this many lines with the text. */
  List<String> reports(String text, long count) {
    process
        .process()
        .awaitLine(
            line -> process.err().stream().filter(err -> err.contains(text)).count() >= count,
            PATIENCE);
    return process.err().stream().filter(line -> line.contains(text)).collect(Collectors.toList());
  }

  List<String> err() {
    return process.err();
  }

  @Override
  public void close() {
    process.close();
    server.close();
  }
}
