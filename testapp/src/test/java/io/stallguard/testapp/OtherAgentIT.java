package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.OutputLine;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * OpenTelemetry's agent on the same command line, before ours and after it: streams that stall are
 * released and reported as ever, and each request is traced as ever.
 */
@Timeout(600)
class OtherAgentIT {
  private static final String OPEN_TELEMETRY =
      "io.opentelemetry.javaagent:opentelemetry-javaagent:2.33.1";

  /** The other agent's spans come on standard error, a line each. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "otel.traces.exporter", "logging",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "stallguard.idle", "2s");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SPAN = "LoggingSpanExporter - 'POST'";
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String LIMIT = "idle limit of 2 s exceeded: no byte for ";

  /** The order on the command line. */
  private enum Order {
    BEFORE_OURS,
    AFTER_OURS
  }

  /**
   * A client that both agents know.
   *
   * @param thrown how the chain of exceptions begins
   */
  private record Client(String name, String module, String form, String thrown) {
    boolean guarded() {
      return BuiltModules.has(module);
    }
  }

  private static final List<Client> CLIENTS =
      List.of(
          new Client("okhttp", "okhttp", "OkHttpProbe/blocking", STALL),
          new Client("okhttp-enqueue", "okhttp", "OkHttpProbe/enqueue", STALL),
          new Client(
              "jdk-client",
              "java-http-client",
              "JavaHttpClientProbe/input-stream",
              "java.net.http.HttpTimeoutException: "),
          new Client(
              "jdk-client-async",
              "java-http-client",
              "JavaHttpClientProbe/async-input-stream",
              "java.net.http.HttpTimeoutException: "),
          new Client(
              "url-connection", "http-url-connection", "HttpUrlConnectionProbe/stream", STALL),
          new Client("apache-5", "apache-httpclient-5", "ApacheHttpClient5Probe/blocking", STALL),
          // What Spring makes of it depends on where the failure comes from: its message is there.
          new Client("reactor-netty", "netty", "sdk.SpringWebProbe/rest-client-reactor", ""));

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
  Stream<DynamicTest> bothAgentsWork() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Jdk jdk : jdks()) {
      for (Order order : Order.values()) {
        String name = "OpenTelemetry " + order + " on JDK " + jdk.feature();
        tests.add(dynamicTest(name, () -> bothWork(jdk, order)));
      }
    }
    return SideBySide.of(tests);
  }

  private static Set<Jdk> jdks() {
    List<Jdk> all = Jdks.find().all();
    return new LinkedHashSet<>(List.of(Jdks.find().jdk(17), all.get(all.size() - 1)));
  }

  private static void bothWork(Jdk jdk, Order order) {
    String run = order + "-" + jdk.feature();
    List<Client> guarded = CLIENTS.stream().filter(Client::guarded).toList();
    try (ProbeProcess process = ProbeProcess.start(command(jdk, order))) {
      for (Client client : CLIENTS) {
        JobLine job = job(client, Scenario.OK, run);
        assertThat(process.run(job).sha256())
            .isEqualTo(Outcome.sha256(JobLine.body(Scenario.OK, "")));
        awaitSpan(process, job);
      }
      List<JobLine> stalls =
          guarded.stream().map(client -> job(client, Scenario.STALL_MID, run)).toList();
      Map<String, Outcome> outcomes = process.run(stalls);

      for (int i = 0; i < stalls.size(); i++) {
        released(guarded.get(i), outcomes.get(stalls.get(i).id()));
      }
      stalls.forEach(job -> awaitSpan(process, job));
      assertThat(process.awaitErr("stream stalled, aborted", stalls.size()))
          .hasSize(stalls.size())
          .allMatch(line -> line.contains(LIMIT));
      assertThat(process.end())
          .noneMatch(line -> line.contains("internal error"))
          .noneMatch(line -> line.contains(" is not guarded: "));
    }
  }

  private static void released(Client client, Outcome outcome) {
    assertThat(outcome.ending())
        .as(client.name())
        .startsWith(client.thrown())
        .contains(LIMIT)
        .contains("partial content delivered");
    assertThat(outcome.sha256()).isEqualTo(Outcome.sha256(JobLine.body(Scenario.STALL_MID, "")));
  }

  private static JavaCommand command(Jdk jdk, Order order) {
    List<Path> classPath = new ArrayList<>(SdkClassPaths.of("spring-web"));
    classPath.addAll(ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:5.5.1"));
    JavaCommand command = ProbeProcess.command(jdk, "EveryProbe", classPath, server);
    Path other = ClassPaths.resolve(OPEN_TELEMETRY).get(0);
    if (order == Order.BEFORE_OURS) {
      command.agent(other).agent(ProbeProcess.agent());
    } else {
      command.agent(ProbeProcess.agent()).agent(other);
    }
    PROPERTIES.forEach(command::property);
    return command;
  }

  private static JobLine job(Client client, Scenario scenario, String run) {
    String id = client.name() + "-" + scenario.pathName() + "-" + run;
    return JobLine.named(server, id, client.form(), Protocol.H1, scenario, "");
  }

  /** The path stands in the span, and in our report too. */
  private static void awaitSpan(ProbeProcess process, JobLine job) {
    process
        .process()
        .awaitLine(
            OutputLine.Source.ERR,
            line -> line.contains(SPAN) && line.contains("run=" + job.id() + "/"),
            PATIENCE);
  }
}
