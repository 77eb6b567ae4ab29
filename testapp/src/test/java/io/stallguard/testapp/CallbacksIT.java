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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What an app does in its callbacks holds up nobody else, and meets there what it would meet
 * without the agent.
 */
class CallbacksIT {
  /** Two seconds, and the time that a callback has to be begun where the client would do it. */
  private static final Map<String, String> SETTINGS = Map.of("stallguard.idle", "2s");

  /** The one limit that is judged though the client's executor does not come to its work. */
  private static final Map<String, String> TOTAL = Map.of("stallguard.total", "2s");

  private static final String JDK = "JavaHttpCallbackProbe/";
  private static final String APACHE_5 = "ApacheCallback5Probe/";
  private static final String APACHE_4 = "ApacheCallback4Probe/";
  private static final String POOL = "jdk-pool";

  /** Jobs whose callbacks run on threads that are born by the client, and by the app. */
  private static final String OF_CLIENT = "jdk-own";

  private static final String OF_APP = "apache-5";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The first with the JDK's client, on which the others are tried at their floor. */
  private static final int FLOOR_JDK = 11;

  /** Above the number of threads that there are for callbacks, of any kind. */
  private static final int MANY = 100;

  private static StallServer server;

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> callbacks() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Jdk jdk : Jdks.find().all()) {
      if (jdk.feature() >= FLOOR_JDK) {
        tests.add(dynamicTest("see the app's world on JDK " + jdk.feature(), () -> world(jdk)));
      }
    }
    tests.add(dynamicTest("hold up nobody when they block or retry", CallbacksIT::block));
    tests.add(dynamicTest("of which many block hold up no release", CallbacksIT::manyBlock));
    tests.add(dynamicTest("of JMX start no thread of ours", CallbacksIT::jmx));
    return SideBySide.of(tests);
  }

  /** Without the agent it is the server that ends the stream. */
  private static void world(Jdk jdk) {
    Map<String, Outcome> plain;
    try (ProbeProcess process = ProbeProcess.start(command(jdk))) {
      plain = process.run(lookAround(Scenario.TRUNCATED_CUT));
    }
    List<JobLine> jobs = lookAround(Scenario.STALL_MID);
    try (ProbeProcess process = guarded(jdk)) {
      Map<String, Outcome> outcomes = process.run(jobs);

      for (JobLine job : jobs) {
        assertThat(outcomes.get(job.id()).ending())
            .as(job.id())
            .contains("idle limit of 2 s exceeded: no byte for ");
        assertThat(world(outcomes.get(job.id()))).as(job.id()).isIn(worlds(job, plain));
      }
      places(jobs, plain, outcomes);
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  /** On a busy machine the one or other comes too late to be told where the client would do it. */
  private static void places(
      List<JobLine> jobs, Map<String, Outcome> plain, Map<String, Outcome> outcomes) {
    jobs.stream()
        .collect(Collectors.groupingBy(job -> job.form() + " " + job.protocol().shownName()))
        .forEach(
            (group, alike) ->
                assertThat(alike)
                    .as(group)
                    .anyMatch(
                        job -> place(outcomes.get(job.id())).equals(place(plain.get(job.id())))));
  }

  /** The name of the thread. */
  private static String place(Outcome outcome) {
    return seen(outcome).replaceFirst(" of .*", "");
  }

  /**
   * As without the agent. A thread of the app's pool comes from whoever had something to do when
   * there were too few, the app or its client: who is first is a matter of luck.
   */
  private static Set<String> worlds(JobLine job, Map<String, Outcome> plain) {
    Set<String> worlds = new HashSet<>();
    worlds.add(world(plain.get(job.id())));
    if (job.id().startsWith(POOL)) {
      for (String born : List.of(OF_CLIENT, OF_APP)) {
        String world = world(plain.get(job.id().replace(POOL, born)));
        worlds.add(world.replace(", a daemon", ""));
      }
    }
    return worlds;
  }

  /** What the callback saw but for the name of its thread. */
  private static String world(Outcome outcome) {
    return seen(outcome).replaceFirst(" on .*? of ", " on a thread of ");
  }

  /**
   * What the callback saw, before the exception that it was told. From JDK 26 on the client's
   * threads are started by a virtual one or by the app's, as it comes.
   */
  private static String seen(Outcome outcome) {
    return outcome.ending().split(" <- ", 2)[0].replace("VirtualThreads", "deployment");
  }

  private static List<JobLine> lookAround(Scenario scenario) {
    List<JobLine> jobs = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (String use : List.of("own", "line", "pool", "dependent")) {
        jobs.add(job("jdk-" + use, JDK + use + "+world", protocol, scenario));
      }
      jobs.add(job("apache-5", APACHE_5 + "any+world", protocol, scenario));
    }
    jobs.add(job("apache-4", APACHE_4 + "any+world", Protocol.H1, scenario));
    jobs.add(job("apache-4", APACHE_4 + "any+world", Protocol.TLS_H1, scenario));
    return jobs;
  }

  private static void block() {
    List<JobLine> blocking = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (String use : List.of("own", "line", "publisher", "dependent", "caller")) {
        blocking.add(job(use + i, JDK + use + "+block", i % 2 == 0 ? Protocol.H1 : Protocol.H2C));
      }
      blocking.add(job("apache-5-" + i, APACHE_5 + "any+block", Protocol.H1));
      blocking.add(job("apache-4-" + i, APACHE_4 + "any+block", Protocol.H1));
      blocking.add(job("retry-" + i, JDK + "own+retry", Protocol.H1));
    }
    List<JobLine> others =
        List.of(
            later("okhttp", "OkHttpProbe/blocking"),
            later("url-connection", "HttpUrlConnectionProbe/stream"));
    try (ProbeProcess process = guarded(jdk17())) {
      blocking.forEach(process::send);

      Map<String, Outcome> outcomes = process.run(others);

      for (JobLine job : others) {
        assertThat(outcomes.get(job.id()).ending()).contains("idle limit of 2 s exceeded");
      }
      for (JobLine job : blocking) {
        assertThat(process.await(job).ending()).contains("idle limit of 2 s exceeded");
      }
      // Each retry is a stream of its own.
      int stalls = blocking.size() + others.size() + 10;
      assertThat(process.awaitErr("stream stalled, aborted", stalls)).hasSize(stalls);
      assertThat(process.end())
          .noneMatch(line -> line.contains("by escalation"))
          .noneMatch(line -> line.contains("internal error"));
    }
  }

  /** Callbacks block both threads of the client's executor, and then all that the agent has. */
  private static void manyBlock() {
    List<JobLine> jobs = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      jobs.add(job("many-" + i, JDK + "pool+block", Protocol.H1));
    }
    try (ProbeProcess process = guarded(jdk17(), TOTAL)) {
      jobs.forEach(process::send);

      for (JobLine job : jobs) {
        server.awaitExchange(
            exchange -> exchange.path().contains("run=" + job.id() + "/") && exchange.ended(),
            PATIENCE);
      }
      assertThat(process.awaitErr("stream stalled, aborted", MANY)).hasSize(MANY);
      assertThat(process.outcomes(jobs)).hasSizeLessThan(MANY);

      process.run(JobLine.plain(server, "release", JDK + "release", Protocol.H1, "GET", "/echo"));
      for (JobLine job : jobs) {
        assertThat(process.await(job).ending()).contains("total limit of 2 s exceeded");
      }
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static void jmx() {
    JobLine job = JobLine.plain(server, "jmx", "JmxCallerProbe/any", Protocol.H1, "GET", "/echo");
    try (ProbeProcess process = guarded(jdk17())) {
      assertThat(process.run(job).ending())
          .contains("stallguard-report of main")
          .doesNotContain("of deployment");
    }
  }

  private static JobLine job(String id, String form, Protocol protocol) {
    return job(id, form, protocol, Scenario.STALL_MID);
  }

  private static JobLine job(String id, String form, Protocol protocol, Scenario scenario) {
    return JobLine.named(server, id + "-" + protocol, form, protocol, scenario, "");
  }

  /** A stream whose silence begins when the callbacks are running. */
  private static JobLine later(String id, String form) {
    return JobLine.named(server, id, form, Protocol.H1, Scenario.STALL_MID, "period-ms=600");
  }

  private static ProbeProcess guarded(Jdk jdk) {
    return guarded(jdk, SETTINGS);
  }

  private static ProbeProcess guarded(Jdk jdk, Map<String, String> settings) {
    JavaCommand command = command(jdk).agent(ProbeProcess.agent());
    settings.forEach(command::property);
    return ProbeProcess.start(command);
  }

  private static JavaCommand command(Jdk jdk) {
    boolean floor = jdk.feature() == FLOOR_JDK;
    List<Path> classPath = new ArrayList<>();
    for (String client :
        List.of(
            "com.squareup.okhttp3:okhttp-sse:" + System.getProperty("okhttp.floor"),
            "org.apache.httpcomponents.client5:httpclient5:"
                + (floor
                    ? System.getProperty("apache-httpasyncclient-5.floor")
                    : ApacheVersions.LATEST_5),
            "org.apache.httpcomponents:httpasyncclient:"
                + (floor ? System.getProperty("apache-httpasyncclient-4.floor") : "4.1.5"))) {
      classPath.addAll(ClassPaths.resolve(client));
    }
    return ProbeProcess.command(jdk, "EveryProbe", classPath, server);
  }

  private static Jdk jdk17() {
    return Jdks.find().jdk(17);
  }
}
