package io.stallguard.testapp;

import io.stallguard.testapp.SdkClient.Way;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What became of one SDK in two JVMs, without the agent and with it: all ways of use and all
 * scenarios side by side, after a whole answer for each way.
 */
final class SdkRun {
  static final long IDLE_MILLIS = 2_500;
  static final long EVENT_IDLE_MILLIS = 4_000;

  /** How long what goes silent is watched without the agent: well beyond each limit. */
  static final Duration WINDOW = Duration.ofSeconds(7);

  static final List<Scenario> SILENT =
      List.of(
          Scenario.STALL_MID,
          Scenario.STALL_FIRST_BYTE,
          Scenario.PING_ONLY,
          Scenario.DONE_NO_CLOSE);

  /** What ends in no way that an app may take for a whole answer. */
  static final List<Scenario> BROKEN =
      List.of(Scenario.STALL_OPENING, Scenario.TRUNCATED_CUT, Scenario.ERROR_NO_CLOSE);

  /** Those and {@link #SILENT}. */
  static final List<Scenario> ALL = Stream.of(SILENT, BROKEN).flatMap(List::stream).toList();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String WITHOUT = "without-";
  private static final String WITH = "with-";
  private static final String WITH_TLS = "with-tls-";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "stallguard.idle", IDLE_MILLIS + "ms",
          "stallguard.first-byte", IDLE_MILLIS + "ms",
          "stallguard.event-idle", EVENT_IDLE_MILLIS + "ms",
          "stallguard.done-grace", "1s");

  private final SdkClient client;
  private final StallServer server;
  private final Jdk jdk;
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, Long> toldNanos = new HashMap<>();
  private final List<String> err;

  private SdkRun(SdkClient client, StallServer server, Jdk jdk) throws InterruptedException {
    this.client = client;
    this.server = server;
    this.jdk = jdk;
    JavaCommand command = command(client, server, jdk);
    try (ProbeProcess process = ProbeProcess.start(command)) {
      whole(process, WITHOUT);
      watch(process, silent(way -> true, WITHOUT));
    }
    try (ProbeProcess process = ProbeProcess.start(guarded(command))) {
      whole(process, WITH);
      guarded(process);
      toldNanos.putAll(process.toldNanos());
      err = process.end();
    }
  }

  static SdkRun of(SdkClient client, StallServer server, Jdk jdk) throws InterruptedException {
    return new SdkRun(client, server, jdk);
  }

  /** The JVM of an SDK without the agent. */
  static JavaCommand command(SdkClient client, StallServer server, Jdk jdk) {
    return ProbeProcess.command(jdk, client.probe(), SdkClassPaths.of(client), server)
        .jvmOptions("-XX:TieredStopAtLevel=1");
  }

  /** The command of an SDK's JVM, with the agent and its limits added. */
  static JavaCommand guarded(JavaCommand command) {
    command.agent(ProbeProcess.agent());
    SETTINGS.forEach(command::property);
    return command;
  }

  private void whole(ProbeProcess process, String run) {
    outcomes.putAll(
        process.run(client.ways().stream().map(way -> job(way, Scenario.OK, run)).toList()));
  }

  private void guarded(ProbeProcess process) throws InterruptedException {
    List<JobLine> jobs = silent(way -> way.transport().guarded(), WITH);
    client.ways().stream()
        .filter(way -> way.transport().guarded())
        .forEach(way -> jobs.add(overTls(way)));
    outcomes.putAll(process.run(jobs));
    List<JobLine> others = silent(way -> !way.transport().guarded(), WITH);
    if (!others.isEmpty()) {
      watch(process, others);
    }
  }

  /** Waits for the window, from when the server has answered all of them. */
  private void watch(ProbeProcess process, List<JobLine> jobs) throws InterruptedException {
    jobs.forEach(process::send);
    for (JobLine job : jobs) {
      server.awaitExchange(exchange -> isOf(exchange, job) && exchange.headNanos() != 0, PATIENCE);
    }
    Thread.sleep(WINDOW.toMillis());
    outcomes.putAll(process.outcomes(jobs));
  }

  private List<JobLine> silent(Predicate<Way> wanted, String run) {
    List<JobLine> jobs = new ArrayList<>();
    for (Way way : client.ways()) {
      if (wanted.test(way)) {
        ALL.forEach(scenario -> jobs.add(job(way, scenario, run)));
      }
    }
    return jobs;
  }

  private JobLine job(Way way, Scenario scenario, String run) {
    return client.job(server, way, scenario, run + jdk.feature());
  }

  /** Where TLS lets both sides choose, most of them speak HTTP/2. */
  private JobLine overTls(Way way) {
    return client.over(Port.TLS2).job(server, way, Scenario.STALL_MID, WITH_TLS + jdk.feature());
  }

  Jdk jdk() {
    return jdk;
  }

  SdkClient client() {
    return client;
  }

  /** Empty if it went on waiting. */
  Optional<Outcome> without(Way way, Scenario scenario) {
    return Optional.ofNullable(outcomes.get(job(way, scenario, WITHOUT).id()));
  }

  /** Empty if it went on waiting. */
  Optional<Outcome> with(Way way, Scenario scenario) {
    return Optional.ofNullable(outcomes.get(job(way, scenario, WITH).id()));
  }

  /** From the response head to the end that the app saw, under the agent. */
  double seconds(Way way, Scenario scenario) {
    long told = toldNanos.get(job(way, scenario, WITH).id());
    return (told - exchanges(way, scenario).get(0).headNanos()) / 1e9;
  }

  /** How long it was silent before its connection or stream ended, as the server saw it. */
  long silentNanos(Way way, Scenario scenario) {
    JobLine job = job(way, scenario, WITH);
    SeenExchange exchange = server.awaitExchange(each -> isOf(each, job) && each.ended(), PATIENCE);
    return exchange.endedNanos() - exchange.lastBegunNanos();
  }

  /** What became of {@link Scenario#STALL_MID} over TLS; only of what is guarded. */
  Optional<Outcome> withOverTls(Way way) {
    return Optional.ofNullable(outcomes.get(overTls(way).id()));
  }

  /** What the job over TLS asked the server, once or more often. */
  List<SeenExchange> exchangesOverTls(Way way) {
    return exchanges(overTls(way));
  }

  /** What the job under the agent asked the server, once or more often. */
  List<SeenExchange> exchanges(Way way, Scenario scenario) {
    return exchanges(job(way, scenario, WITH));
  }

  private List<SeenExchange> exchanges(JobLine job) {
    return server.exchanges().stream().filter(exchange -> isOf(exchange, job)).toList();
  }

  private static boolean isOf(SeenExchange exchange, JobLine job) {
    return (exchange.path() + "/").contains("run=" + job.id() + "/");
  }

  /** Standard error of the JVM with the agent. */
  List<String> err() {
    return err;
  }
}
