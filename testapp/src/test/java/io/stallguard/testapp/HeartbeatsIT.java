package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Heartbeats keep a stream alive for as long as no limit on events is set. */
class HeartbeatsIT {
  private static final List<ClientSuite> CLIENTS =
      List.of(new JavaHttpClientIT(), new HttpUrlConnectionIT(), new OkHttpIT());

  /** Four times the limit. */
  private static final Duration WHILE = Duration.ofSeconds(8);

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
  Stream<DynamicTest> pingsEverySecondOutliveALimitOfTwoSeconds() {
    return SideBySide.of(
        CLIENTS.stream()
            .map(client -> dynamicTest(client.probe(), () -> livesOn(client)))
            .toList());
  }

  private static void livesOn(ClientSuite client) {
    Setup setup =
        client.setups().filter(each -> each.jdk().equals(Jdks.find().jdk(17))).findFirst().get();
    Map<String, String> settings = Map.of("stallguard.idle", "2s", "stallguard.event-idle", "off");
    try (ProbeProcess process =
        ProbeProcess.start(setup.jdk(), client.probe(), setup.classPath(), server, settings)) {
      JobLine pings =
          JobLine.of(server, client.anyForm(), Protocol.H1, Scenario.PING_ONLY, "period-ms=1000");

      process.expectNoEnd(pings, WHILE);

      assertThat(process.err()).noneMatch(line -> line.contains("stalled"));
    }
  }
}
