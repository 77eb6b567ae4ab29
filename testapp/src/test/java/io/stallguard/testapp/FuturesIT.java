package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whoever waits for a future of an asynchronous client is released whatever callbacks do: all
 * streams of all clients go silent at once, and the callbacks and consumers of every third block
 * for good. What they block is theirs alone: a reactor or a pool that does not answer gives no
 * verdict on its other streams.
 */
class FuturesIT {
  /** The waits for heads are over when the callbacks are blocked already. */
  private static final Map<String, String> SETTINGS =
      Map.of("stallguard.idle", "2s", "stallguard.head", "8s");

  private static final String JDK = "JavaHttpCallbackProbe/";
  private static final String APACHE_5 = "ApacheCallback5Probe/";
  private static final String APACHE_4 = "ApacheCallback4Probe/";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** The limit, one second, and what a busy machine may take; those that block do so for good. */
  private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(2 + 1 + 30);

  private static final int BLOCKED = 100;
  private static final int FUTURES = 200;
  private static final int FEW = 30;

  /** What blocks for good, in turn. */
  private static final List<String> BLOCKING = List.of("block", "block", "consumer", "both");

  @TestFactory
  Stream<DynamicTest> areDoneWhateverCallbacksDo() {
    Jdks jdks = Jdks.find();
    return SideBySide.of(
        test("futures at the floor", jdks.all().get(0), floor(), Jobs::addApache),
        test("futures of the latest versions", jdks.jdk(17), latest(), Jobs::addApache),
        test("futures of java.net.http", jdks.jdk(17), latest(), Jobs::addJdk));
  }

  private static DynamicTest test(
      String name, Jdk jdk, List<Path> classPath, Consumer<Jobs> added) {
    return dynamicTest(name, () -> futures(name, jdk, classPath, added));
  }

  private static List<Path> floor() {
    return classPath(
        System.getProperty("apache-httpasyncclient-5.floor"),
        System.getProperty("apache-httpasyncclient-4.floor"));
  }

  private static List<Path> latest() {
    return classPath(ApacheVersions.LATEST_5, "4.1.5");
  }

  private static List<Path> classPath(String five, String four) {
    List<Path> classPath = new ArrayList<>();
    classPath.addAll(ClassPaths.resolve("org.apache.httpcomponents.client5:httpclient5:" + five));
    classPath.addAll(ClassPaths.resolve("org.apache.httpcomponents:httpasyncclient:" + four));
    return classPath;
  }

  private static void futures(String name, Jdk jdk, List<Path> classPath, Consumer<Jobs> added) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = guarded(jdk, classPath, server)) {
      Jobs jobs = new Jobs(server);
      added.accept(jobs);
      jobs.all().forEach(process::send);
      server.awaitExchanges(jobs.bodies(), exchange -> exchange.eventsSent() > 2, PATIENCE);

      long outageNanos = System.nanoTime();
      server.beginOutage();

      process.await(jobs.futures).forEach((id, outcome) -> expectOurs(id, outcome, "idle", 2));
      Map<String, Long> told = process.toldNanos();
      List<Long> released = jobs.futures.stream().map(job -> told.get(job.id())).toList();
      System.out.println(name + ": " + Shown.millis(released, outageNanos, released.size()));
      assertThat(released).allMatch(nanos -> nanos - outageNanos < LATEST_NANOS);
      process.await(jobs.heads).forEach((id, outcome) -> expectOurs(id, outcome, "head", 8));

      process.run(
          JobLine.plain(server, "release", APACHE_5 + "release", Protocol.H1, "GET", "/echo"));
      process.await(jobs.blocked).forEach((id, outcome) -> expectOurs(id, outcome, "idle", 2));
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void expectOurs(String id, Outcome outcome, String limit, int seconds) {
    assertThat(outcome.ending()).as(id).contains(limit + " limit of " + seconds + " s exceeded");
  }

  private static ProbeProcess guarded(Jdk jdk, List<Path> classPath, StallServer server) {
    JavaCommand command =
        ProbeProcess.command(jdk, "EveryProbe", classPath, server).agent(ProbeProcess.agent());
    SETTINGS.forEach(command::property);
    return ProbeProcess.start(command);
  }

  /** The requests of one JVM. */
  private static final class Jobs {
    private final StallServer server;

    /** Callbacks that block, and who waits for what they are told. */
    final List<JobLine> blocked = new ArrayList<>();

    /** Who waits for a future, without a callback or with one that blocks. */
    final List<JobLine> futures = new ArrayList<>();

    /** Who waits for a future whose head has not come. */
    final List<JobLine> heads = new ArrayList<>();

    /** In the order in which they are sent. */
    private final List<JobLine> all = new ArrayList<>();

    Jobs(StallServer server) {
      this.server = server;
    }

    void addApache() {
      add(APACHE_5 + "any", Protocol.H1, BLOCKED, FUTURES);
      add(APACHE_4 + "any", Protocol.H1, BLOCKED, FUTURES);
      add(APACHE_5 + "any", Protocol.H2C, FEW, FEW);
      add(APACHE_5 + "minimal", Protocol.H1, FEW, FEW);
      add(APACHE_4 + "minimal", Protocol.H1, FEW, FEW);
      for (int i = 0; i < FEW; i++) {
        heads.add(add("head-" + i, APACHE_5 + "any+future", Protocol.H1, Scenario.STALL_HEADERS));
      }
    }

    /** Of which those of a client with two threads block these and all threads of the agent. */
    /** With the client's own executor: one that callbacks block gives no verdict any more. */
    void addJdk() {
      for (int i = 0; i < BLOCKED; i++) {
        Protocol protocol = i % 2 == 0 ? Protocol.H1 : Protocol.H2C;
        blocked.add(add(i, JDK + "own+block", Protocol.H1));
        futures.add(add(i, JDK + "own+both", protocol));
      }
    }

    private void add(String use, Protocol protocol, int blocking, int plain) {
      for (int i = 0; i < blocking; i++) {
        String act = BLOCKING.get(i % BLOCKING.size());
        (act.equals("block") ? blocked : futures).add(add(i, use + "+" + act, protocol));
        for (int j = 0; j < plain / blocking; j++) {
          futures.add(add(i * plain + j, use + "+future", protocol));
        }
      }
    }

    private JobLine add(int number, String form, Protocol protocol) {
      String id = form.replace('/', '-').replace('+', '-') + "-" + protocol + "-" + number;
      return add(id, form, protocol, Scenario.OUTAGE);
    }

    private JobLine add(String id, String form, Protocol protocol, Scenario scenario) {
      JobLine job = JobLine.named(server, id, form, protocol, scenario, "");
      all.add(job);
      return job;
    }

    List<JobLine> all() {
      return all;
    }

    /** How many have a body. */
    int bodies() {
      return all.size() - heads.size();
    }
  }
}
