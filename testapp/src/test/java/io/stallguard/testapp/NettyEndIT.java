package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenEnding;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How streams end on Netty that say all and stay open, or stall, and that no buffer is lost. */
class NettyEndIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** With its leak detection at its highest, which looks at every buffer. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "stallguard.idle", "3s",
          "stallguard.done-grace", "1s",
          "io.netty.leakDetection.level", "paranoid");

  private static final int ROUNDS = 20;

  @ParameterizedTest
  @CsvSource({
    "ReactorNettyProbe, block-last, io.projectreactor.netty:reactor-netty-http:1.0.0",
    "ReactorNettyProbe, block-last, io.projectreactor.netty:reactor-netty-http:1.3.7",
    "AsyncHttpClientProbe, parts, org.asynchttpclient:async-http-client:3.0.13",
    "AwsNettyProbe, one-by-one, software.amazon.awssdk:netty-nio-client:2.57.8"
  })
  void endsWhatHasSaidAllAndLosesNoBuffer(String probe, String form, String client) {
    List<Protocol> protocols =
        probe.startsWith("Async") ? List.of(Protocol.H1) : List.of(Protocol.H1, Protocol.H2C);
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(probe, client, server)) {
      List<JobLine> ended = jobs(server, form, protocols, Scenario.DONE_NO_CLOSE);
      List<JobLine> stalled = jobs(server, form, protocols, Scenario.BURST_THEN_STALL);

      List<JobLine> all = new ArrayList<>(ended);
      all.addAll(stalled);
      Map<String, Outcome> outcomes = process.run(all);
      Map<String, Outcome> next = process.run(jobs(server, form, protocols, Scenario.OK));

      assertThat(ended)
          .allSatisfy(
              job -> {
                assertThat(outcomes.get(job.id()).ending()).isEqualTo("END");
                assertThat(outcomes.get(job.id()).sha256())
                    .isEqualTo(Outcome.sha256(JobLine.body(Scenario.DONE_NO_CLOSE, "")));
                discarded(server, job);
              });
      assertThat(stalled).allSatisfy(job -> assertThat(outcomes.get(job.id()).ended()).isFalse());
      assertThat(next.values()).allMatch(Outcome::ended);
      assertThat(process.end())
          .noneMatch(line -> line.contains("LEAK"))
          .noneMatch(line -> line.contains("internal error"));
    }
  }

  /** A leak is found when the buffer is collected: with little room for the young, soon. */
  private static ProbeProcess start(String probe, String client, StallServer server) {
    JavaCommand command =
        ProbeProcess.command(jdk(), probe, classPath(client), server)
            .agent(ProbeProcess.agent())
            .jvmOptions("-Xmn4m");
    SETTINGS.forEach(command::property);
    return ProbeProcess.start(command);
  }

  private static List<JobLine> jobs(
      StallServer server, String form, List<Protocol> protocols, Scenario scenario) {
    List<JobLine> jobs = new ArrayList<>();
    for (Protocol protocol : protocols) {
      for (int round = 0; round < ROUNDS; round++) {
        String id = scenario.pathName() + "-" + protocol + "-" + round;
        jobs.add(JobLine.named(server, id, form, protocol, scenario, ""));
      }
    }
    return jobs;
  }

  /** HTTP/1.1 loses its connection, HTTP/2 its stream only. */
  private static void discarded(StallServer server, JobLine job) {
    SeenExchange exchange =
        server.awaitExchange(
            each -> each.path().contains("run=" + job.id() + "/") && each.ended(), PATIENCE);
    assertThat(exchange.ending())
        .isEqualTo(job.protocol().http2() ? SeenEnding.RESET : SeenEnding.CLOSED);
  }

  /** Leaks are told through a logger, and that is to be on standard error. */
  private static List<Path> classPath(String client) {
    return NettySuite.classPath(client);
  }

  private static Jdk jdk() {
    return Jdks.find().all().stream()
        .filter(jdk -> jdk.feature() == 17)
        .findFirst()
        .orElseThrow(() -> new AssertionError("JDK 17 is what the build runs on"));
  }
}
