package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Frames of HTTP/2 without payload, which are no bytes: they neither keep a silent stream alive nor
 * harm one that has bytes as well.
 */
class EmptyFramesIT {
  // In a JVM of its own for each client: such frames take of a window of which the server does not
  // know, and one that comes just after the reset of its stream makes some clients close the
  // connection, with all that it carries.

  private static final String ALIVE = "events=12;period-ms=400";
  private static final long LATE_MILLIS = 20_000;

  /**
   * Clients of HTTP/2, but for those on Netty: that closes a connection by itself when three such
   * frames come one after the other.
   */
  private static final List<ClientSuite> SUITES =
      List.of(new JavaHttpClientIT(), new OkHttpIT(), new ApacheAsync5IT());

  @TestFactory
  Stream<DynamicTest> areNoBytes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ClientSuite suite : SUITES) {
      ends(suite).forEach(setup -> tests.add(dynamicTest(setup.name(), () -> run(suite, setup))));
    }
    return SideBySide.of(tests);
  }

  /** Of the JDK's own clients as well. */
  private static Stream<Setup> ends(ClientSuite suite) {
    List<Setup> setups = Breadth.ofThisRun().of(suite.setups().toList()).toList();
    Comparator<Setup> byJdk = Comparator.comparingInt(setup -> setup.jdk().feature());
    return setups.get(0).isOfJdk()
        ? Stream.of(
                setups.stream().min(byJdk).orElseThrow(), setups.stream().max(byJdk).orElseThrow())
            .distinct()
        : setups.stream();
  }

  private static void run(ClientSuite suite, Setup setup) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start(suite, setup, server)) {
      List<JobLine> jobs = new ArrayList<>();
      each(suite, (usage, protocol) -> jobs.add(silent(server, usage, protocol)));
      each(suite, (usage, protocol) -> jobs.add(alive(server, usage, protocol)));

      Map<String, Outcome> outcomes = process.run(jobs);

      each(
          suite,
          (usage, protocol) -> {
            isReleased(suite, setup, usage, outcomes.get(id(usage, protocol, "silent")));
            isWhole(usage, outcomes.get(id(usage, protocol, "alive")));
          });
      int stalls = jobs.size() / 2;
      assertThat(process.awaitErr("stream stalled, aborted", stalls)).hasSize(stalls);
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  private static ProbeProcess start(ClientSuite suite, Setup setup, StallServer server) {
    return ProbeProcess.start(
        setup.jdk(),
        suite.probe(),
        setup.classPath(),
        server,
        Map.of("stallguard.idle", ClientRun.LIMIT_MILLIS + "ms"));
  }

  private static void each(ClientSuite suite, BiConsumer<Usage, Protocol> action) {
    for (Protocol protocol : suite.protocols()) {
      if (protocol.http2()) {
        suite.usages().forEach(usage -> action.accept(usage, protocol));
      }
    }
  }

  private static JobLine silent(StallServer server, Usage usage, Protocol protocol) {
    String id = id(usage, protocol, "silent");
    String settings = "empty-frames=true";
    return JobLine.named(server, id, usage.form(), protocol, Scenario.STALL_MID, settings);
  }

  private static JobLine alive(StallServer server, Usage usage, Protocol protocol) {
    String id = id(usage, protocol, "alive");
    String settings = ALIVE + ";empty-frames=true";
    return JobLine.named(server, id, usage.form(), protocol, Scenario.SLOW_BUT_ALIVE, settings);
  }

  private static String id(Usage usage, Protocol protocol, String server) {
    return usage.form() + "-" + protocol + "-" + server;
  }

  private static void isReleased(ClientSuite suite, Setup setup, Usage usage, Outcome outcome) {
    assertThat(outcome.ending())
        .as(outcome.id())
        .startsWith(suite.thrown(setup, usage, Scenario.STALL_MID))
        .contains("idle limit of 3 s exceeded: no byte for ");
    assertThat(outcome.silentMillis())
        .as(outcome.id())
        .isBetween(
            ClientRun.LIMIT_MILLIS - suite.handOverMillis(), ClientRun.LIMIT_MILLIS + LATE_MILLIS);
    if (usage.delivery() == Usage.Delivery.BYTES) {
      assertThat(outcome.sha256())
          .as(outcome.id())
          .isEqualTo(Outcome.sha256(JobLine.body(Scenario.STALL_MID, "")));
    }
  }

  private static void isWhole(Usage usage, Outcome outcome) {
    assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END");
    if (usage.delivery() != Usage.Delivery.EVENTS) {
      assertThat(outcome.sha256())
          .as(outcome.id())
          .isEqualTo(Outcome.sha256(JobLine.body(Scenario.SLOW_BUT_ALIVE, ALIVE)));
    }
  }
}
