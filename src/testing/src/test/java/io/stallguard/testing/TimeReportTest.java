package io.stallguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeReportTest {
  private static final List<String> LOG =
      List.of(
          "100.5 [INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ one ---",
          "101.0 [INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ two ---",
          "103.0 [INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ one ---",
          "103.5 [INFO] Tests run: 3",
          "104.0 [INFO] --- maven-surefire-plugin:3.6.1:test (default-test) @ two ---",
          "110.0 [INFO] --- maven-jar-plugin:3.5.0:jar (default-jar) @ one ---");

  @TempDir Path folder;

  @Test
  void tellsTheStepsOfModulesThatAreBuiltAtOnce() throws IOException {
    List<String> report = TimeReport.report(folder, LOG, 20, 15);

    assertThat(report)
        .containsSubsequence(
            "TIME  the slowest of 2 modules, 13 s in sum", "      9.5 s  one", "      3.0 s  two")
        .containsSubsequence(
            "      7.0 s  one maven-surefire-plugin:test",
            "      3.0 s  two maven-compiler-plugin:compile",
            "      2.5 s  one maven-compiler-plugin:compile");
  }

  @Test
  void tellsWorkAndWaiting() throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();

    assertThat(TimeReport.report(folder, LOG, 20, 15).get(0))
        .endsWith(" processors: 15 s of work, " + (20 * processors - 15) + " s of waiting");
  }

  @Test
  void tellsSuitesAndJvms() throws IOException {
    Path reports = Files.createDirectories(folder.resolve("one/target/failsafe-reports"));
    Path timings = Files.createDirectories(folder.resolve("one/target/timings"));
    Files.writeString(
        reports.resolve("TEST-a.SomeIT.xml"),
        "<?xml?>\n<testsuite xmlns:xsi=\"x\" version=\"3\" name=\"a.SomeIT\" time=\"4.25\" tests=\"7\">");
    Files.writeString(
        timings.resolve("jvms.tsv"),
        "SomeIT/part\t/usr/lib/jvm/some-17/bin/java\t1500\t9000\t3000\n"
            + "SomeIT/other\t/usr/lib/jvm/some-17/bin/java\t500\t1000\t-1\n");

    assertThat(TimeReport.report(folder, LOG, 20, 15))
        .contains("TIME  the slowest of 1 suites (7 tests), 4 s in sum", "      4.3 s  a.SomeIT")
        .containsSubsequence("     10.0 s  SomeIT", "      1.5 s  SomeIT/part some-17")
        .contains("  all 2 JVMs: 2 s to their first lines, 10 s of life, 3 s of known work");
  }
}
