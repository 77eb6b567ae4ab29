package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A thousand stalls leave nothing behind: no leased connection, no thread, no descriptor. */
class LeakIT {
  private static final int AT_ONCE = 250;
  private static final int BATCHES = 4;

  /** The JVM and the clients' pools come and go a little; what leaks, leaks with each exchange. */
  private static final int TOLERANCE = AT_ONCE / 5;

  private static final long PATIENCE_SECONDS = 30;

  /**
   * Every so many exchanges use the other protocol: what is said of sockets holds for TLS too,
   * which takes far more time.
   */
  private static final int OTHERS_EVERY = 10;

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
  Stream<DynamicTest> leavesNothingBehind() {
    return SideBySide.of(
        LeakClients.all()
            .map(client -> dynamicTest(client.name(), () -> stallOften(client)))
            .toList());
  }

  private static void stallOften(LeakClient client) throws InterruptedException {
    try (ProbeProcess process =
        ProbeProcess.start(
            Jdks.find().jdk(17),
            "EveryProbe",
            client.classPath(),
            server,
            Map.of("stallguard.idle", client.kind().idle(), "stallguard.done-grace", "500ms"))) {
      connect(process, client);
      stall(process, client, "warm-up");
      Census before = Census.of(process, server, "before");
      for (int batch = 0; batch < BATCHES; batch++) {
        stall(process, client, "batch-" + batch);
      }
      Census after = awaitBackTo(before, process);

      assertThat(after.isBackTo(before, TOLERANCE)).as("%s after %s", after, before).isTrue();
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
    }
  }

  /**
   * A request without a body, alone: HTTP/2 begins with it, and all others share its connection.
   */
  private static void connect(ProbeProcess process, LeakClient client) {
    for (Protocol protocol : new LinkedHashSet<>(List.of(client.most(), client.others()))) {
      String id = client.name().replaceAll("\\W+", "-") + "-connect-" + protocol;
      process.run(JobLine.plain(server, id, client.form(), protocol, "GET", "/echo"));
    }
  }

  private static void stall(ProbeProcess process, LeakClient client, String name) {
    Map<String, Outcome> outcomes = process.run(jobs(client, name));

    assertThat(outcomes.values())
        .hasSize(AT_ONCE)
        .allSatisfy(
            outcome ->
                assertThat(outcome.ending())
                    .as("%s, seen by the server: %s", outcome.id(), seen(outcome.id()))
                    .contains(client.kind().ending()));
  }

  private static List<SeenExchange> seen(String id) {
    return server.exchanges().stream()
        .filter(exchange -> exchange.path().contains("run=" + id + "/"))
        .toList();
  }

  private static List<JobLine> jobs(LeakClient client, String name) {
    List<JobLine> jobs = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      jobs.add(
          JobLine.named(
              server,
              client.name().replaceAll("\\W+", "-") + "-" + name + "-" + i,
              client.form(),
              i % OTHERS_EVERY == 0 ? client.others() : client.most(),
              client.kind().scenario(),
              ""));
    }
    return jobs;
  }

  /** Threads end and sockets close a little after the app has its exception. */
  private static Census awaitBackTo(Census before, ProbeProcess process)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (int i = 0; ; i++) {
      Census census = Census.of(process, server, "after-" + i);
      if (census.isBackTo(before, TOLERANCE) || System.nanoTime() - deadlineNanos > 0) {
        return census;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
