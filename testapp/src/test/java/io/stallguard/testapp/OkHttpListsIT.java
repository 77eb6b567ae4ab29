package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The app's builders and clients of OkHttp hold what the app has put there, and no more. */
class OkHttpListsIT {
  @TestFactory
  Stream<DynamicTest> untouched() {
    return SideBySide.of(
        Stream.of(System.getProperty("okhttp.floor"), "5.5.1")
            .flatMap(
                version ->
                    Stream.of(
                        dynamicTest("lists of " + version, () -> areUntouched(version)),
                        dynamicTest("WebSocket of " + version, () -> isNoWait(version))))
            .toList());
  }

  private static void areUntouched(String version) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start("OkHttpListsProbe", version, server)) {
      JobLine call = JobLine.of(server, "call", Protocol.H1, Scenario.OK, "");
      JobLine race = JobLine.of(server, "race", Protocol.H1, Scenario.OK, "");
      Map<String, Outcome> outcomes = process.run(List.of(call, race));

      assertThat(outcomes.get(call.id()).ending()).isEqualTo("END");
      assertThat(outcomes.get(race.id()).ending()).isEqualTo("END");
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }

  /** A WebSocket may wait for its head: it was asked before the call that is released. */
  private static void isNoWait(String version) {
    try (StallServer server = StallServer.start();
        ProbeProcess process = start("OkHttpProbe", version, server)) {
      JobLine socket = JobLine.of(server, "websocket", Protocol.H1, Scenario.STALL_HEADERS, "");
      process.send(socket);
      Outcome call =
          process.run(JobLine.of(server, "blocking", Protocol.H1, Scenario.STALL_HEADERS, ""));

      assertThat(call.ending()).contains("head limit of 1.5 s exceeded");
      assertThat(process.outcomes(List.of(socket))).isEmpty();
    }
  }

  private static ProbeProcess start(String probe, String version, StallServer server) {
    List<Path> okHttp = ClassPaths.resolve("com.squareup.okhttp3:okhttp-sse:" + version);
    return ProbeProcess.start(
        Jdks.find().jdk(17), probe, okHttp, server, Map.of("stallguard.head", "1500ms"));
  }
}
