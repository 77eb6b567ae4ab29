package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import io.stallguard.testing.server.StallServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * An error of the body that comes with the head: the JDK's client hands out the response and lets
 * its reader meet the error, under the agent as without.
 */
class HeadErrorIT {
  private static final List<String> FORMS =
      List.of("stream/size", "stream/cut", "lines/size", "lines/cut");

  @TestFactory
  Stream<DynamicTest> isMetByTheReader() {
    return SideBySide.of(
        Jdks.find().all().stream()
            .filter(jdk -> jdk.feature() >= 11)
            .map(jdk -> dynamicTest("JDK " + jdk.feature(), () -> run(jdk)))
            .toList());
  }

  private static void run(Jdk jdk) {
    try (StallServer server = StallServer.start();
        ProbeProcess process =
            ProbeProcess.start(jdk, "HeadErrorProbe", List.of(), server, Map.of())) {
      List<JobLine> jobs = new ArrayList<>();
      FORMS.forEach(form -> jobs.add(JobLine.command(form, form, 0)));

      Map<String, Outcome> outcomes = process.run(jobs);

      assertThat(outcomes.values())
          .allSatisfy(outcome -> assertThat(outcome.ending()).as(outcome.id()).isEqualTo("END"));
      assertThat(process.end()).noneMatch(line -> line.contains("internal error"));
    }
  }
}
