package io.stallguard.agent;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.Jdks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Small apps, compiled for Java 8, that are run in JVMs of their own. */
final class Apps {
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final Path SOURCES = Path.of("src", "test", "apps");
  static final Path CLASSES = compiled();

  private Apps() {}

  /** All JDKs of this machine; a method source. */
  static List<Jdk> jdks() {
    return Jdks.find().all();
  }

  /** A command that runs an app without the agent. */
  static JavaCommand plain(Jdk jdk, String app, String... arguments) {
    return AgentProcess.java(jdk).classPath(CLASSES).mainClass(app, arguments);
  }

  /** A command that runs an app under the built jar. */
  static JavaCommand guarded(Jdk jdk, String app, String... arguments) {
    return plain(jdk, app, arguments).agent(BuiltJar.PATH);
  }

  /** Runs a command to its end. */
  static Result run(JavaCommand command) {
    try (AgentProcess process = command.start()) {
      int exit = process.awaitExit(DEADLINE);
      return new Result(exit, process.out(), process.err());
    }
  }

  /** Runs an app that waits at its end, until the report of its stall is there. */
  static Result runStreaming(JavaCommand command) {
    try (AgentProcess process = command.start()) {
      process.awaitLine(line -> line.startsWith("released "), DEADLINE);
      if (process.out().stream().anyMatch(line -> line.contains("io.stallguard."))) {
        process.awaitLine(line -> line.contains(" reader released "), DEADLINE);
      }
      process.closeInput();
      int exit = process.awaitExit(DEADLINE);
      return new Result(exit, process.out(), process.err());
    }
  }

  private static Path compiled() {
    Path folder = Path.of("target", "test-apps").toAbsolutePath();
    try (Stream<Path> sources = Files.list(SOURCES)) {
      Files.createDirectories(folder);
      List<String> arguments =
          new ArrayList<>(List.of("--release", "8", "-Xlint:-options", "-d", folder.toString()));
      sources.map(Path::toString).sorted().forEach(arguments::add);
      int failed =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      if (failed != 0) {
        throw new AssertionError("the apps in " + SOURCES + " do not compile");
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a process ended and what it printed. */
  record Result(int exit, List<String> out, List<String> err) {
    /** The lines of the agent, without the prefix. */
    List<String> agentLines() {
      return err.stream()
          .filter(line -> line.startsWith("[stallguard] "))
          .map(line -> line.substring("[stallguard] ".length()))
          .toList();
    }
  }
}
