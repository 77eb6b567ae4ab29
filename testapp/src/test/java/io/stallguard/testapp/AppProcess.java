package io.stallguard.testapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.server.StallServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged application in a JVM of its own. */
final class AppProcess implements AutoCloseable {
  /** Above the limit, the start of a JVM and an SDK on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String LABEL_AND_TIME = "(?<label>(?:#\\d+ )?)%s(?<time>\\d+\\.\\d{3}) s";
  private static final Pattern EVENT =
      Pattern.compile(LABEL_AND_TIME.formatted("") + " {2}(?<event>.+)");
  private static final Pattern FAILED =
      Pattern.compile(LABEL_AND_TIME.formatted("failed after ") + ": (?<chain>.+)");

  private final AgentProcess process;

  private AppProcess(AgentProcess process) {
    this.process = process;
  }

  /** The application's command line without an agent. */
  static JavaCommand command(
      Jdk jdk, StallServer server, ClientKind client, URI baseUrl, String... options) {
    JavaCommand command =
        AgentProcess.java(jdk)
            .jvmOptions(server.trustStore().jvmOptions())
            .jvmOptions("-Xmx256m")
            .jvmOptions(Breadth.ofThisRun().jvmOptions());
    String[] fixed = {
      "--client", client.toString(), "--base-url", baseUrl.toString(), "--max-retries", "0"
    };
    String[] all = new String[fixed.length + options.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(options, 0, all, fixed.length, options.length);
    return command.jar(Path.of(System.getProperty("it.app")), all);
  }

  static JavaCommand guarded(JavaCommand command, long idleMillis) {
    return command.agent(ProbeProcess.agent()).property("stallguard.idle", idleMillis + "ms");
  }

  static AppProcess start(JavaCommand command) {
    return new AppProcess(command.start());
  }

  int awaitExit() {
    return process.awaitExit(PATIENCE);
  }

  /** Waits until so many pieces of text were printed. */
  void awaitTexts(int count) {
    process.awaitLine(line -> texts("").size() == count, PATIENCE);
  }

  /** Waits for nothing: fails if the application ends or prints in this time. */
  void awaitSilence(Duration length) {
    List<String> before = out();
    process.expectNoLine(line -> out().size() > before.size(), length);
    assertThat(out()).isEqualTo(before);
  }

  List<String> out() {
    return process.out();
  }

  List<String> err() {
    return process.err();
  }

  /**
   * The events that brought a piece of the answer, without their times.
   *
   * @param label of the request, such as {@code "#1 "}, empty for a single one
   */
  List<String> texts(String label) {
    return events(label)
        .map(event -> event.group("event"))
        .filter(event -> event.endsWith("\""))
        .toList();
  }

  /** The exception and its causes, as printed. */
  String failure() {
    return failed().group("chain");
  }

  /** From the last event of the request that failed, or its start, to the exception. */
  long silentMillis() {
    Matcher failed = failed();
    double last =
        events(failed.group("label"))
            .mapToDouble(event -> Double.parseDouble(event.group("time")))
            .max()
            .orElse(0);
    return Math.round(1000 * (Double.parseDouble(failed.group("time")) - last));
  }

  private Stream<Matcher> events(String label) {
    return out().stream()
        .map(EVENT::matcher)
        .filter(event -> event.matches() && event.group("label").equals(label));
  }

  private Matcher failed() {
    return out().stream()
        .map(FAILED::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing failed: " + out()));
  }

  @Override
  public void close() {
    process.close();
  }
}
