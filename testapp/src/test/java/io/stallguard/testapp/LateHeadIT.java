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

/** A limit for heads that an operator sets while the app runs, on clients used before. */
class LateHeadIT {
  private static final String STALL = "io.stallguard.core.StallTimeoutException: ";
  private static final String TIMEOUT = "java.net.http.HttpTimeoutException: ";

  @TestFactory
  Stream<DynamicTest> releasesTheNextExchange() {
    return SideBySide.of(
        test("ApacheHttpClient5Probe", "blocking", ApacheVersions.classPath("5.6.5"), STALL),
        test("ApacheHttpClient4Probe", "blocking", ApacheVersions.classPath("4.5.14"), STALL),
        test("ApacheAsync4Probe", "bytes", async4(), STALL),
        test("JavaHttpClientProbe", "string", List.of(), TIMEOUT));
  }

  private static List<Path> async4() {
    return ClassPaths.resolve("org.apache.httpcomponents:httpasyncclient:" + ApacheAsync4IT.LATEST);
  }

  private static DynamicTest test(String probe, String form, List<Path> classPath, String thrown) {
    return dynamicTest(probe, () -> releasesTheNextExchange(probe, form, classPath, thrown));
  }

  private static void releasesTheNextExchange(
      String probe, String form, List<Path> classPath, String thrown) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                Jdks.find().jdk(17), probe, classPath, server, Map.of("stallguard.idle", "60s"))) {
      process.run(JobLine.of(server, form, Protocol.H1, Scenario.OK, ""));
      process.run(new JobLine("change", "change", Protocol.H1, "GET", 0, "head=1500ms"));
      process.awaitErr("head in force: advice was put into ", 1);
      Outcome outcome =
          process.run(JobLine.of(server, form, Protocol.H1, Scenario.STALL_HEADERS, ""));

      assertThat(outcome.ending()).startsWith(thrown + "head limit of 1.5 s exceeded");
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }
}
