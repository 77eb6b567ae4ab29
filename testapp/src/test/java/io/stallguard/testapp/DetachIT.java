package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The agent leaves an app that runs on: what is open goes on and ends by itself, nothing of the
 * agent is left, and it can be attached again.
 */
class DetachIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than it takes to have all streams open and the agent leave, shorter than they last. */
  private static final String LIMITS = "idle=8s,first-byte=8s,event-idle=8s";

  /** After an attach guarded from its next connection on, and here one waits in its pool. */
  private static final String SOCKETS = "RawHttpProbe";

  private static final String LASTS = "resume-ms=10000";

  @TestFactory
  Stream<DynamicTest> leavesNothingBehind() {
    List<Jdk> jdks = Jdks.find().all();
    Jdk newest = jdks.get(jdks.size() - 1);
    return SideBySide.of(
        test("attach", jdks.get(0), ClientSet.onJava8(), byAttach("detach")),
        test("JMX", newest, ClientSet.blockingAndApache(), DetachIT::byJmx),
        test("enabled=false", newest, ClientSet.reactorNetty(), byAttach("enabled=false")));
  }

  private static Consumer<ProbeProcess> byAttach(String argument) {
    return process -> AttachIT.attach(process, argument);
  }

  private static void byJmx(ProbeProcess process) {
    assertThat(process.run(change("leave", "detach")).ended()).isTrue();
  }

  private static JobLine change(String id, String change) {
    return new JobLine(id, "change", Protocol.H1, "GET", 0, change);
  }

  private static DynamicTest test(
      String name, Jdk jdk, ClientSet clients, Consumer<ProbeProcess> detach) {
    return dynamicTest(
        name + ", " + clients.name() + " on JDK " + jdk.feature(),
        () -> leave(jdk, clients, detach));
  }

  private static void leave(Jdk jdk, ClientSet clients, Consumer<ProbeProcess> detach) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                ProbeProcess.command(jdk, "EveryProbe", clients.classPath(), server)
                    .agent(ProbeProcess.agent(), LIMITS))) {
      Map<String, Outcome> before = process.run(clients.jobs(server, "before", Scenario.OK));
      process.run(change("bean", "mode=enforce"));
      List<JobLine> open = clients.jobs(server, "open", Scenario.STALL_MID, LASTS);
      open.forEach(process::send);
      server.awaitExchanges(
          open.size(), exchange -> exchange.path().contains("run=open-"), PATIENCE);

      detach.accept(process);
      process.awaitErr("detached (", 1);
      process.awaitErr(" coverage: ", 1);
      List<JobLine> after = clients.jobs(server, "after", Scenario.STALL_MID, LASTS);
      after.forEach(process::send);
      wentOn(process.await(open), "open", before);
      wentOn(process.await(after), "after", before);
      JobLine left = new JobLine("left", "left", Protocol.H1, "GET", 0, "-");
      assertThat(process.run(left).ending()).isEqualTo("END");

      AttachIT.attach(process, "idle=1s,first-byte=1s");
      Map<String, Outcome> again =
          process.run(clients.without(SOCKETS).jobs(server, "again", Scenario.STALL_MID));
      assertThat(again.values())
          .allMatch(outcome -> outcome.ending().contains("idle limit of 1 s exceeded"));
      assertThat(process.err())
          .noneMatch(line -> line.contains("internal error"))
          .noneMatch(line -> line.contains("idle limit of 8 s"));
    }
  }

  /** Each brought what it brought under the agent, where it took no time. */
  private static void wentOn(
      Map<String, Outcome> outcomes, String wave, Map<String, Outcome> before) {
    outcomes.forEach(
        (id, outcome) -> {
          Outcome same = before.get(id.replaceFirst(wave, "before"));
          assertThat(outcome.ending()).as(id).isEqualTo("END");
          assertThat(outcome.sha256()).as(id).isEqualTo(same.sha256());
        });
  }
}
