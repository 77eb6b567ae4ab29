package io.stallguard.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JVM to be started and timed, whole: from the start of its process to its end. */
final class Launch {
  private final List<String> command = new ArrayList<>();
  private final Path output;

  /**
   * @param output where what it prints goes, for the one who asks why it failed
   */
  Launch(Path java, Path output) {
    this.output = output;
    command.add(java.toString());
  }

  Launch with(List<String> options) {
    command.addAll(options);
    return this;
  }

  Launch with(String... options) {
    return with(Arrays.asList(options));
  }

  /** Runs it, in milliseconds. */
  double millis() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    long startNanos = System.nanoTime();
    int exitCode = builder.start().waitFor();
    double millis = (System.nanoTime() - startNanos) / 1e6;
    if (exitCode != 0) {
      throw new IllegalStateException("exit code " + exitCode + " of " + command + ": " + output());
    }
    return millis;
  }

  List<String> output() throws IOException {
    return Files.readAllLines(output);
  }
}
