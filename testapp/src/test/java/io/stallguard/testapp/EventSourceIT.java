package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Provider;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenEnding;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * JAX-RS event sources, which never tell the app of an end: they ask again, once the stream that is
 * silent lets them.
 */
class EventSourceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<SdkClient> CLIENTS =
      List.of(
          SdkClient.of(
              "jersey",
              "sdk.JaxRsProbe",
              SdkClient.Way.of("sse-event-source", Transport.URL_CONNECTION)),
          SdkClient.of(
              "resteasy",
              "sdk.JaxRsProbe",
              SdkClient.Way.of("sse-event-source", Transport.APACHE_4)));

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
  Stream<DynamicTest> asksAgainWhenItsStreamIsSilent() {
    return SideBySide.of(
        CLIENTS.stream().map(each -> dynamicTest(each.name(), () -> asksAgain(each))).toList());
  }

  @TestFactory
  Stream<DynamicTest> waitsForEverWithoutTheAgent() {
    return SideBySide.of(
        CLIENTS.stream().map(each -> dynamicTest(each.name(), () -> waits(each))).toList());
  }

  private static void asksAgain(SdkClient client) throws InterruptedException {
    JavaCommand command =
        command(client).agent(ProbeProcess.agent()).property("stallguard.idle", "2s");
    try (ProbeProcess process = ProbeProcess.start(command)) {
      JobLine job = job(client, "with");
      if (!client.ways().get(0).transport().guarded()) {
        waits(process, job);
        return;
      }
      process.send(job);

      List<SeenExchange> exchanges = server.awaitExchanges(2, each -> isOf(each, job), PATIENCE);
      assertThat(exchanges.get(0).ending()).isEqualTo(SeenEnding.CLOSED);
      assertThat(process.awaitErr("stream stalled, aborted", 1))
          .singleElement()
          .asString()
          .contains("idle limit of 2 s exceeded: ")
          .contains("GET http");
    }
  }

  private static void waits(SdkClient client) throws InterruptedException {
    try (ProbeProcess process = ProbeProcess.start(command(client))) {
      waits(process, job(client, "without"));
    }
  }

  private static void waits(ProbeProcess process, JobLine job) throws InterruptedException {
    process.send(job);
    server.awaitExchange(each -> isOf(each, job) && each.headNanos() != 0, PATIENCE);
    Thread.sleep(SdkRun.WINDOW.toMillis());

    List<SeenExchange> exchanges = server.awaitExchanges(1, each -> isOf(each, job), PATIENCE);
    assertThat(exchanges).singleElement().matches(exchange -> !exchange.ended());
  }

  private static JavaCommand command(SdkClient client) {
    return ProbeProcess.command(
        Jdks.find().jdk(17), client.probe(), SdkClassPaths.of(client), server);
  }

  /** The first stream stalls, all later ones are whole. */
  private static JobLine job(SdkClient client, String run) {
    String id = client.name() + "-" + run;
    String url =
        server.base(Port.CLEAR, Scenario.MANY_PARALLEL, "run=" + id) + Provider.ANTHROPIC.path();
    return new JobLine(id, "sse-event-source", Protocol.H1, "GET", 0, url);
  }

  private static boolean isOf(SeenExchange exchange, JobLine job) {
    return exchange.path().contains("run=" + job.id() + "/");
  }
}
