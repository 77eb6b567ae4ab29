package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.SeenExchange;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The jar attached to apps that have used all their clients: each is guarded from its next exchange
 * on, over a connection of its pool too, and who hangs already is named.
 */
class AttachInMidLifeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Guarded from its next connection on, so that none is to wait in its pool. */
  private static final String SOCKETS = "RawHttpProbe";

  private static final String HTTP_CLIENT = "JavaHttpClientProbe";
  private static final String HANGS = " hangs in a body of ";

  @TestFactory
  Stream<DynamicTest> guardsFromTheNextExchangeOn() {
    List<Jdk> jdks = Jdks.find().all();
    Jdk newest = jdks.get(jdks.size() - 1);
    return SideBySide.of(
        test(ClientSet.onJava8(), jdks.get(0), 5),
        test(ClientSet.blockingAndApache(), newest, 8),
        test(ClientSet.reactorNetty(), newest, 0),
        test(ClientSet.oldReactorNetty(), jdks.get(0), 0),
        dynamicTest("silent later on JDK 8", () -> silentLater(ClientSet.onJava8(), jdks.get(0))),
        dynamicTest(
            "silent later on JDK " + newest.feature(),
            () -> silentLater(ClientSet.blockingAndApache(), newest)));
  }

  /** Streams are alive when the agent comes, and stop for ever after it has looked at them. */
  private static void silentLater(ClientSet all, Jdk jdk) {
    ClientSet clients = all.thatHangInBodies();
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                ProbeProcess.command(jdk, "EveryProbe", clients.classPath(), server))) {
      List<JobLine> earlier = clients.jobs(server, "alive", Scenario.OUTAGE);
      earlier.forEach(process::send);
      server.awaitExchanges(earlier.size(), exchange -> isOf(exchange, "alive"), PATIENCE);

      AttachIT.attach(process, "idle=2s,first-byte=2s");
      process.awaitErr("idle=2 s (agent argument)", 1);
      ClientSet guarded = clients.only("HttpUrlConnectionProbe");
      process.run(guarded.jobs(server, "after", Scenario.STALL_MID));
      assertThat(process.err()).noneMatch(line -> line.contains(HANGS));
      server.beginOutage();

      assertThat(process.awaitErr(HANGS, earlier.size())).hasSize(earlier.size());
      assertThat(process.outcomes(earlier)).isEmpty();
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static DynamicTest test(ClientSet clients, Jdk jdk, int hanging) {
    return dynamicTest(
        clients.name() + " on JDK " + jdk.feature(), () -> attach(clients, jdk, hanging));
  }

  private static void attach(ClientSet clients, Jdk jdk, int hanging) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                ProbeProcess.command(jdk, "EveryProbe", clients.classPath(), server))) {
      // They hang by the time at which all others have ended.
      List<JobLine> earlier = clients.jobs(server, "hangs", Scenario.STALL_MID);
      if (hanging > 0) {
        earlier.forEach(process::send);
        server.awaitExchanges(earlier.size(), exchange -> isOf(exchange, "hangs"), PATIENCE);
      }
      process.run(clients.without(SOCKETS).jobs(server, "before", Scenario.OK));

      AttachIT.attach(process, "idle=2s,first-byte=2s");
      process.awaitErr("idle=2 s (agent argument)", 1);
      List<JobLine> jobs = clients.jobs(server, "after", Scenario.STALL_MID);
      Map<String, Outcome> outcomes = process.run(jobs);

      assertThat(outcomes.values())
          .allMatch(outcome -> outcome.ending().contains("idle limit of 2 s exceeded"));
      process.awaitErr(HANGS, hanging);
      if (hanging > 0) {
        process.awaitErr("in a read of a socket that was opened before the agent came", 1);
      }
      if (!clients.only(HTTP_CLIENT).forms().isEmpty()) {
        process.awaitErr("waits for an answer of java-http-client that was asked for before", 1);
      }
      assertThat(process.outcomes(earlier)).isEmpty();
      assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
      if (hanging == 0) {
        assertThat(connections(server, "after")).isEqualTo(connections(server, "before"));
      }
    }
  }

  private static boolean isOf(SeenExchange exchange, String wave) {
    return exchange.path().contains("run=" + wave + "-");
  }

  /** Those of a pool are used again. */
  private static List<Integer> connections(StallServer server, String wave) {
    return server.exchanges().stream()
        .filter(exchange -> isOf(exchange, wave))
        .map(SeenExchange::connection)
        .sorted()
        .toList();
  }
}
