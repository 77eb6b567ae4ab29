package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.Scenario;
import io.stallguard.testing.server.StallServer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit for heads that an operator sets while the app runs, on clients used before. */
class LateHeadIT {
  @ParameterizedTest
  @CsvSource({"ApacheHttpClient5Probe, 5.6.5", "ApacheHttpClient4Probe, 4.5.14"})
  void releasesTheNextExchange(String probe, String version) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(
                Jdks.find().jdk(17),
                probe,
                ApacheVersions.classPath(version),
                server,
                Map.of("stallguard.idle", "60s"))) {
      process.run(JobLine.of(server, "blocking", Protocol.H1, Scenario.OK, ""));
      process.run(new JobLine("change", "change", Protocol.H1, "GET", 0, "head=1500ms"));
      process.awaitErr("head in force: advice was put into ", 1);
      Outcome outcome =
          process.run(JobLine.of(server, "blocking", Protocol.H1, Scenario.STALL_HEADERS, ""));

      assertThat(outcome.ending())
          .startsWith("io.stallguard.core.StallTimeoutException: head limit of 1.5 s exceeded");
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }
}
