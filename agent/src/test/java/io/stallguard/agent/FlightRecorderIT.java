package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The events that a recording has, from the start or begun later; and that nothing is touched. */
class FlightRecorderIT {
  @TempDir Path folder;

  /** The oldest and the newest. */
  static List<Jdk> jdks() {
    return SettingsIT.jdks();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void streamsStallsAndGapsAreInARecordingFromTheStart(Jdk jdk) throws IOException {
    Path file = folder.resolve("start.jfr");
    try (AgentProcess process =
        Apps.plain(jdk, "Crowd")
            .jvmOptions("-XX:StartFlightRecording=filename=" + file)
            .agent(BuiltJar.PATH, "idle=600ms")
            .start()) {
      run(process);
    }

    assertEvents(file);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void andInOneThatIsBegunLater(Jdk jdk) throws Exception {
    Path file = folder.resolve("later.jfr");
    try (AgentProcess process =
        Apps.plain(jdk, "Crowd").agent(BuiltJar.PATH, "idle=600ms").start()) {
      process.awaitLine(line -> line.equals("listening"), Apps.DEADLINE);
      begin(jdk, process.pid(), file);
      run(process);
    }

    assertEvents(file);
  }

  /** What the JVM loads for itself does not count: the same app without the agent loads it too. */
  @ParameterizedTest
  @MethodSource("jdks")
  void withoutARecordingNothingOfItIsLoaded(Jdk jdk) {
    assertThat(loaded(jdk, true)).isEqualTo(loaded(jdk, false));
  }

  private static long loaded(Jdk jdk, boolean guarded) {
    var command = Apps.plain(jdk, "Streaming").jvmOptions("-verbose:class");
    if (guarded) {
      command.agent(BuiltJar.PATH, "idle=300ms");
    }
    try (AgentProcess process = command.start()) {
      process.awaitLine(line -> line.startsWith("released "), Apps.DEADLINE);
      process.closeInput();
      assertThat(process.awaitExit(Apps.DEADLINE)).isZero();
      return process.out().stream().filter(line -> line.contains(" jdk.jfr.")).count();
    }
  }

  private static void run(AgentProcess process) {
    process.send("ended 5");
    process.awaitLine(line -> line.equals("done ended"), Apps.DEADLINE);
    // The types are made on a thread of ours, which nobody waits for.
    for (int stalls = 1; stalls <= 3; stalls++) {
      process.send("silent 1");
      String released = "released " + stalls;
      process.awaitLine(line -> line.equals(released), Apps.DEADLINE);
    }
    process.closeInput();
    assertThat(process.awaitExit(Apps.DEADLINE)).isZero();
    assertThat(process.err()).noneMatch(line -> line.contains("internal error"));
  }

  private static void begin(Jdk jdk, long pid, Path file) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                jdk.home().resolve("bin").resolve("jcmd").toString(),
                Long.toString(pid),
                "JFR.start",
                "dumponexit=true",
                "filename=" + file)
            .redirectErrorStream(true)
            .start();
    String told = new String(jcmd.getInputStream().readAllBytes());
    assertThat(jcmd.waitFor()).as(told).isZero();
    assertThat(told).contains("Started recording");
  }

  private static void assertEvents(Path file) throws IOException {
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    assertThat(named(events, "Stream"))
        .anySatisfy(
            event -> {
              assertThat(event.getString("ending")).isEqualTo("stalled");
              assertThat(event.getString("client")).isEqualTo("http-url-connection");
              assertThat(event.getString("path")).isEqualTo("/silent");
              assertThat(event.getLong("bytes")).isEqualTo(15);
              assertThat(event.getLong("events")).isEqualTo(1);
              assertThat(event.getDuration("age")).isGreaterThan(Duration.ofMillis(500));
            });
    assertThat(named(events, "Stall"))
        .anySatisfy(
            event -> {
              assertThat(event.getString("phase")).isEqualTo("body");
              assertThat(event.getString("limit")).isEqualTo("idle");
              assertThat(event.getString("limitSource")).isEqualTo("agent argument");
              assertThat(event.getDuration("limitLength")).isEqualTo(Duration.ofMillis(600));
              assertThat(event.getString("action")).isEqualTo("aborted");
              assertThat(event.getString("waitingThread")).isEqualTo("crowd");
              assertThat(event.getString("message")).startsWith("idle limit of 0.6 s exceeded");
            });
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("io.stallguard." + name))
        .toList();
  }
}
