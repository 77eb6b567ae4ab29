package io.stallguard.testapp;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A run of the application, to its end, with what it printed. */
final class AppRun {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final int exitCode;

  AppRun(String... args) {
    exitCode = Main.run(printer(out), printer(err), args);
  }

  private static PrintStream printer(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  int exitCode() {
    return exitCode;
  }

  List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  String lastLine() {
    return lines().get(lines().size() - 1);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
