package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.agent.Apps.Result;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator sees when an app starts under the jar, and that the app starts. */
class StartUpIT {
  private static final Predicate<String> NOT_STARTED =
      line -> line.startsWith("not started, the app runs unprotected: ");

  private final Jdk jdk = Jdks.running();

  @ParameterizedTest
  @MethodSource("io.stallguard.agent.Apps#jdks")
  void printsOneLineAndNoMore(Jdk each) {
    Result result = Apps.run(Apps.guarded(each, "Hello"));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).containsExactly("hello");
    assertThat(result.err()).hasSize(1);
    assertThat(result.agentLines().get(0)).startsWith("stallguard ").contains("mode=enforce");
  }

  @ParameterizedTest
  @MethodSource("io.stallguard.agent.Apps#jdks")
  void releasesAnAppAndPrintsItsOwnLinesOnly(Jdk each) {
    Result result =
        Apps.runStreaming(Apps.plain(each, "Streaming").agent(BuiltJar.PATH, "idle=300ms"));

    assertThat(result.out())
        .containsExactly("data: {\"a\":1}", "released by io.stallguard.core.StallTimeoutException");
    assertThat(result.err())
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.startsWith("[stallguard]"));
    assertThat(result.exit()).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.stallguard.agent.Apps#jdks")
  void saysNothingWhenItIsSwitchedOff(Jdk each) {
    Result result = Apps.run(Apps.guarded(each, "Hello").property("stallguard.enabled", "false"));

    assertThat(result).isEqualTo(new Result(0, List.of("hello"), List.of()));
  }

  @Test
  void saysNothingWhenNothingIsToBeLogged() {
    Result result = Apps.run(Apps.plain(jdk, "Hello").agent(BuiltJar.PATH, "log.level=off"));

    assertThat(result).isEqualTo(new Result(0, List.of("hello"), List.of()));
  }

  @Test
  void saysItInTheLogsFileWhereThereIsOne(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.log");
    String arguments = "log.format=json,log.file=" + file;
    Result result = Apps.run(Apps.plain(jdk, "Hello").agent(BuiltJar.PATH, arguments));

    assertThat(result).isEqualTo(new Result(0, List.of("hello"), List.of()));
    assertThat(Files.readAllLines(file))
        .singleElement()
        .asString()
        .startsWith("{\"time\":\"")
        .contains("\"event\":\"message\"", ": mode=enforce, ");
  }

  @Test
  void saysItOnStandardErrorIfTheFileCannotBeWritten(@TempDir Path folder) {
    String arguments = "log.file=" + folder.resolve("no/x.log");
    Result result = Apps.run(Apps.plain(jdk, "Hello").agent(BuiltJar.PATH, arguments));

    assertThat(result.out()).containsExactly("hello");
    assertThat(result.agentLines()).hasSize(2);
    assertThat(result.agentLines().get(0)).contains(": mode=enforce, ");
    assertThat(result.agentLines().get(1)).startsWith("log.file cannot be written: ");
  }

  @Test
  void attachesOnceOnly() {
    Result result = Apps.run(Apps.guarded(jdk, "Hello").agent(BuiltJar.PATH));

    assertThat(result.out()).containsExactly("hello");
    assertThat(result.err()).hasSize(2);
    assertThat(result.agentLines().get(1)).isEqualTo("attached already: this one does nothing");
  }

  @Test
  void namesEachBadSettingAndRunsTheApp() {
    Result result =
        Apps.run(Apps.plain(jdk, "Hello").agent(BuiltJar.PATH, "idle=soon,mod=observe"));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).containsExactly("hello");
    assertThat(result.agentLines()).hasSize(3);
    assertThat(result.agentLines())
        .anyMatch(line -> line.contains("stallguard.mod (") && line.contains("stallguard.mode"))
        .anyMatch(line -> line.contains("idle=soon") && line.contains("agent argument"));
  }

  @ParameterizedTest
  @MethodSource("io.stallguard.agent.Apps#jdks")
  void staysOutOfTheToolsOfTheJdk(Jdk each) throws Exception {
    for (List<String> tool : List.of(List.of("javac", "-version"), List.of("keytool", "-help"))) {
      assertThat(tool(each, tool))
          .noneMatch(line -> line.contains("stallguard") && !line.startsWith("Picked up"));
    }
  }

  @Test
  void runsTheAppThoughTheJarLacksItsIndex(@TempDir Path folder) throws IOException {
    Path jar = BrokenJar.without(folder, "inst/instrumentations.txt");

    assertUnprotected(jar);
  }

  @Test
  void runsTheAppThoughTheJarLacksAllThatIsInside(@TempDir Path folder) throws IOException {
    assertUnprotected(BrokenJar.without(folder, "inst/"));
  }

  @Test
  void runsTheAppThoughAClassOfTheJarIsDamaged(@TempDir Path folder) throws IOException {
    assertUnprotected(BrokenJar.damaged(folder, "inst/io/stallguard/core/Engine.classdata"));
  }

  @Test
  void runsTheAppThoughTheIndexIsDamaged(@TempDir Path folder) throws IOException {
    assertUnprotected(BrokenJar.damaged(folder, "inst/instrumentations.txt"));
  }

  private void assertUnprotected(Path jar) {
    Result result = Apps.run(Apps.plain(jdk, "Hello").agent(jar));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).containsExactly("hello");
    assertThat(result.err()).hasSize(1);
    assertThat(result.agentLines()).singleElement().matches(NOT_STARTED);
  }

  private static List<String> tool(Jdk jdk, List<String> command) throws Exception {
    List<String> line = new ArrayList<>(command);
    line.set(0, jdk.home().resolve("bin").resolve(command.get(0)).toString());
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + BuiltJar.PATH);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
      assertThat(process.waitFor(Apps.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }
}
