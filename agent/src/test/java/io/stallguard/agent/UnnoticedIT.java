package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stallguard.agent.Apps.Result;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an app can see of the agent, and what the agent starts in the JVM before the app. */
class UnnoticedIT {
  private static final String SHADED = "io.stallguard.shaded.";
  private static final String ENTRY = "io.stallguard.agent.StallGuardAgent ";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.stallguard.agent.Apps#jdks")
  void appFindsNothingThatIsNotThereWithoutTheAgent(Jdk jdk) {
    Result without = Apps.run(Apps.plain(jdk, "Looking"));
    Result with = Apps.run(Apps.guarded(jdk, "Looking"));

    assertThat(with.out()).containsExactlyInAnyOrderElementsOf(without.out());
    assertThat(with.exit()).isZero();
  }

  /**
   * Neither the Instrumentation nor the agent's class loader, nor what that has loaded. Before Java
   * 16 reflection opens all of the JDK's own objects, so that nothing could be kept from it.
   */
  @ParameterizedTest
  @MethodSource("shuttingJdks")
  void appReachesNothingBehindTheEntry(Jdk jdk) {
    Result result = Apps.run(Apps.guarded(jdk, "Reaching", BuiltJar.PATH.toString()));

    assertThat(result.out()).containsExactly("walked", "through the hook", "changed nothing");
    assertThat(result.exit()).isZero();
  }

  static List<Jdk> shuttingJdks() {
    return Apps.jdks().stream().filter(jdk -> jdk.feature() >= 16).toList();
  }

  /** JDK 26 ends a minute late if it meets a garbage collection while a class is being defined. */
  @ParameterizedTest
  @MethodSource("io.stallguard.agent.Apps#jdks")
  void jvmEndsAtOnceWhereverTheWarmUpIs(Jdk jdk) {
    for (int millis = 0; millis < 400; millis += 50) {
      JavaCommand command = Apps.guarded(jdk, "Ending", String.valueOf(millis));
      Result result = Apps.run(command.jvmOptions("-XX:+UseSerialGC", "-Xmx16m", "-Xmn1m"));

      assertThat(result.exit()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("loggingJdks")
  void mainThreadLoadsNoShadedClass(Jdk jdk) throws IOException {
    List<String> log = classLoading(Apps.guarded(jdk, "Hello"));
    String main = thread(find(log, ENTRY));

    assertThat(log)
        .filteredOn(line -> thread(line).equals(main))
        .isNotEmpty()
        .noneMatch(line -> line.contains(SHADED));
  }

  @ParameterizedTest
  @MethodSource("loggingJdks")
  void loadsNothingThatTheAppMayWantToSetUpFirst(Jdk jdk) throws IOException {
    assertThat(classLoading(Apps.guarded(jdk, "Hello")))
        .noneMatch(line -> line.contains(" java.util.logging."))
        .noneMatch(line -> line.contains(" javax.management."));
  }

  @ParameterizedTest
  @MethodSource("loggingJdks")
  void keepsTheClassesThatTheJvmShares(Jdk jdk) throws IOException {
    List<String> log = classLoading(Apps.guarded(jdk, "Hello").jvmOptions("-Xshare:auto"));
    assumeThat(find(classLoading(Apps.plain(jdk, "Hello")), " java.lang.Object "))
        .as("JDK %s has an archive of shared classes", jdk)
        .contains("shared objects file");

    assertThat(find(log, " java.lang.Object ")).contains("shared objects file");
    assertThat(find(log, " java.util.ArrayList ")).contains("shared objects file");
  }

  @ParameterizedTest
  @MethodSource("loggingJdks")
  void loadsNothingBeyondTheSettingsWhenItIsSwitchedOff(Jdk jdk) throws IOException {
    JavaCommand off = Apps.guarded(jdk, "Hello").property("stallguard.enabled", "false");

    assertThat(classLoading(off))
        .noneMatch(line -> line.contains(SHADED))
        .noneMatch(line -> line.contains("io.stallguard.core.Engine"))
        .noneMatch(line -> line.contains("io.stallguard.tooling.Gate "));
  }

  /** JDK 8 cannot say which thread loads a class. */
  static List<Jdk> loggingJdks() {
    return Apps.jdks().stream().filter(jdk -> jdk.feature() > 8).toList();
  }

  private List<String> classLoading(JavaCommand command) throws IOException {
    Path log = Files.createTempFile(folder, "classes", ".log");
    Result result =
        Apps.run(command.jvmOptions("-Xlog:class+load=info:file=" + log + ":tid:filecount=0"));
    assertThat(result.out()).containsExactly("hello");
    return Files.readAllLines(log);
  }

  private static String find(List<String> log, String text) {
    return log.stream()
        .filter(line -> line.contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not loaded: " + text));
  }

  /** The decoration {@code [123]} at the line's beginning. */
  private static String thread(String line) {
    return line.substring(0, line.indexOf(']') + 1);
  }
}
