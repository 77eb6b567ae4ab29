package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Port;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The providers' own SDKs in the packaged application, which knows nothing of the agent. */
@Timeout(600)
class SdkIT {
  private static final long LIMIT_MILLIS = 2_500;

  /** Above the limit: room for a busy machine. */
  private static final long LATE_MILLIS = 20_000;

  /** Without the agent: how long after the limit a silent answer is watched. */
  private static final Duration UNGUARDED = Duration.ofMillis(LIMIT_MILLIS + 4_000);

  private static final int MAIN_JDK = 17;
  private static final int COMPLETED = 0;
  private static final int FAILED = 2;

  private static final List<ClientKind> SDKS =
      List.of(ClientKind.ANTHROPIC_SDK, ClientKind.OPENAI_SDK, ClientKind.OPENAI_RESPONSES_SDK);
  private static final List<Port> PORTS = List.of(Port.CLEAR, Port.TLS2);
  private static final List<Scenario> STALLS =
      List.of(Scenario.HALF_EVENT, Scenario.STALL_FIRST_BYTE);

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
  Stream<DynamicTest> releasesWhatStalls() {
    List<DynamicTest> tests = new ArrayList<>();
    Jdk jdk = Jdks.find().jdk(MAIN_JDK);
    for (ClientKind sdk : SDKS) {
      for (Port port : PORTS) {
        STALLS.forEach(
            scenario ->
                tests.add(
                    dynamicTest(
                        name(sdk, port, scenario), () -> released(jdk, sdk, port, scenario))));
      }
    }
    return SideBySide.of(tests);
  }

  @TestFactory
  Stream<DynamicTest> releasesOnEveryJdk() {
    return SideBySide.of(
        Jdks.find().all().stream()
            .filter(jdk -> jdk.feature() != MAIN_JDK)
            .map(
                jdk ->
                    dynamicTest(
                        "JDK " + jdk.feature(),
                        () ->
                            released(jdk, ClientKind.ANTHROPIC_SDK, Port.TLS2, Scenario.STALL_MID)))
            .toList());
  }

  @TestFactory
  Stream<DynamicTest> goesOnAfterAStallWithTheSameClient() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ClientKind sdk : SDKS) {
      for (Port port : PORTS) {
        tests.add(dynamicTest(sdk + " " + port, () -> goesOn(sdk, port)));
      }
    }
    return SideBySide.of(tests);
  }

  @TestFactory
  Stream<DynamicTest> hangsWithoutTheAgent() {
    return SideBySide.of(
        SDKS.stream().map(sdk -> dynamicTest(sdk.toString(), () -> hangs(sdk))).toList());
  }

  /** These read on to the end of the body after the terminal event. */
  @TestFactory
  Stream<DynamicTest> endsNormallyWhatHasSaidAll() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ClientKind sdk : List.of(ClientKind.ANTHROPIC_SDK, ClientKind.OPENAI_RESPONSES_SDK)) {
      for (Port port : PORTS) {
        tests.add(dynamicTest(sdk + " " + port, () -> ends(sdk, port)));
      }
    }
    return SideBySide.of(tests);
  }

  private static void ends(ClientKind sdk, Port port) {
    Jdk jdk = Jdks.find().jdk(MAIN_JDK);
    URI open = server.base(port, Scenario.DONE_NO_CLOSE);
    try (AppProcess app = AppProcess.start(guarded(jdk, sdk, open));
        AppProcess healthy = AppProcess.start(guarded(jdk, sdk, server.base(port, Scenario.OK)));
        AppProcess unguarded = AppProcess.start(AppProcess.command(jdk, server, sdk, open))) {
      assertThat(app.awaitExit()).as("output %s %s", app.out(), app.err()).isEqualTo(COMPLETED);
      assertThat(healthy.awaitExit()).isEqualTo(COMPLETED);

      assertThat(app.texts("")).isNotEmpty().isEqualTo(healthy.texts(""));
      assertThat(app.out()).last().asString().endsWith(summary(healthy));
      assertThat(app.err()).anyMatch(line -> line.contains("stream ended after its terminal"));
      unguarded.awaitTexts(app.texts("").size());
      unguarded.awaitSilence(UNGUARDED);
    }
  }

  /** How much came, without how long it took. */
  private static String summary(AppProcess app) {
    String last = app.out().get(app.out().size() - 1);
    return last.substring(last.indexOf(" s: "));
  }

  private static String name(ClientKind sdk, Port port, Scenario scenario) {
    return sdk + " " + port + " " + scenario.pathName();
  }

  private static void released(Jdk jdk, ClientKind sdk, Port port, Scenario scenario) {
    try (AppProcess app = AppProcess.start(guarded(jdk, sdk, server.base(port, scenario)))) {
      int exitCode = app.awaitExit();

      assertThat(exitCode).as("output %s %s", app.out(), app.err()).isEqualTo(FAILED);
      isReleased(app, port, scenario == Scenario.STALL_FIRST_BYTE ? "first-byte" : "idle");
      assertThat(app.failure()).startsWith(exception(sdk));
      assertThat(app.silentMillis()).isBetween(LIMIT_MILLIS, LIMIT_MILLIS + LATE_MILLIS);
      assertThat(app.texts("")).hasSize(scenario == Scenario.STALL_FIRST_BYTE ? 0 : 3);
    }
  }

  private static void isReleased(AppProcess app, Port port, String limit) {
    String message = limit + " limit of 2.5 s exceeded: no byte for ";
    assertThat(app.failure())
        .contains("io.stallguard.core.StallTimeoutException: " + message)
        .contains(port == Port.TLS2 ? "HTTP/2" : "HTTP/1.1");
    assertThat(app.err())
        .as("standard error %s", app.err())
        .filteredOn(line -> line.contains("stream stalled, aborted"))
        .singleElement()
        .asString()
        .contains(message);
    assertThat(app.err()).noneMatch(line -> line.contains("internal error"));
  }

  /** The first answer stalls in the middle; the next one takes longer than the limit in all. */
  private static void goesOn(ClientKind sdk, Port port) {
    String settings = "stall=1;period-ms=400;run=" + sdk + "-" + port;
    URI two = server.base(port, Scenario.MANY_PARALLEL, settings);
    Jdk jdk = Jdks.find().jdk(MAIN_JDK);
    JavaCommand repeated = AppProcess.command(jdk, server, sdk, two, "--repeat", "2");
    try (AppProcess app = AppProcess.start(AppProcess.guarded(repeated, LIMIT_MILLIS));
        AppProcess healthy = AppProcess.start(guarded(jdk, sdk, server.base(port, Scenario.OK)))) {
      assertThat(healthy.awaitExit()).isEqualTo(COMPLETED);
      assertThat(app.awaitExit()).as("output %s %s", app.out(), app.err()).isEqualTo(FAILED);

      isReleased(app, port, "idle");
      assertThat(app.silentMillis()).isBetween(LIMIT_MILLIS, LIMIT_MILLIS + LATE_MILLIS);
      assertThat(app.texts("#1 ")).hasSize(3);
      assertThat(app.texts("#2 ")).hasSize(10).isEqualTo(healthy.texts(""));
      assertThat(app.out()).last().isEqualTo("1 of 2 answers completed");
      assertThat(healthy.err()).noneMatch(line -> line.contains("stalled"));
    }
  }

  private static void hangs(ClientKind sdk) {
    JavaCommand command =
        AppProcess.command(
            Jdks.find().jdk(MAIN_JDK), server, sdk, server.base(Port.CLEAR, Scenario.STALL_MID));
    try (AppProcess app = AppProcess.start(command)) {
      app.awaitTexts(3);

      app.awaitSilence(UNGUARDED);
    }
  }

  private static JavaCommand guarded(Jdk jdk, ClientKind sdk, URI baseUrl) {
    return AppProcess.guarded(AppProcess.command(jdk, server, sdk, baseUrl), LIMIT_MILLIS);
  }

  private static String exception(ClientKind sdk) {
    return sdk == ClientKind.ANTHROPIC_SDK
        ? "com.anthropic.errors.AnthropicIoException: "
        : "com.openai.errors.OpenAIIoException: ";
  }
}
