package io.stallguard.testapp;

import io.stallguard.testapp.QuietItems.Item;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdk;
import io.stallguard.testing.server.StallServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** All that is to be left alone in one JVM, and what became of each. */
final class QuietRun implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "quiet");

  private final Jdk jdk;
  private final StallServer server;
  private final Map<String, Item> items = new LinkedHashMap<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, Long> sentNanos = new LinkedHashMap<>();
  private ProbeProcess process;

  QuietRun(Jdk jdk, StallServer server) {
    this.jdk = jdk;
    this.server = server;
  }

  /**
   * @param settings of the agent, or none for a JVM without it
   */
  void start(List<String> settings) {
    JavaCommand command =
        ProbeProcess.command(jdk, "EveryProbe", SdkClassPaths.of("quiet"), server)
            // From JDK 20 on, 30 s: the pool itself would drop what is to lie there.
            .property("jdk.httpclient.keepalive.timeout", "600");
    if (!settings.isEmpty()) {
      command.agent(ProbeProcess.agent(), String.join(",", settings));
    }
    process = ProbeProcess.start(command);
  }

  void begin(JobLine job) {
    sentNanos.put(job.id(), System.nanoTime());
    process.send(job);
  }

  void all(List<Item> more) {
    for (Item item : more) {
      items.put(item.id(), item);
      if (!sentNanos.containsKey(item.id())) {
        begin(item.job());
      }
    }
    more.forEach(item -> await(item.job()));
  }

  void await(JobLine job) {
    outcomes.put(job.id(), process.await(job));
  }

  Outcome outcome(JobLine job) {
    return outcomes.get(job.id());
  }

  /** Whether a job that nobody awaits has come to an end. */
  boolean ended(JobLine job) {
    return process.toldNanos().containsKey(job.id());
  }

  /** Those that did not receive what they were to receive. */
  List<Outcome> brokenItems() {
    return items.values().stream()
        .filter(item -> !item.isWhole(outcomes.get(item.id())))
        .map(item -> outcomes.get(item.id()))
        .toList();
  }

  /** A table of what became of each job, for people. */
  void writeTo(String name) throws IOException {
    Map<String, Long> toldNanos = process.toldNanos();
    List<String> lines =
        new ArrayList<>(List.of("| item | s | bytes | outcome |", "|---|---|---|---|"));
    sentNanos.forEach(
        (id, sent) -> {
          Outcome outcome = outcomes.get(id);
          lines.add(
              outcome == null
                  ? "| " + id + " | | | waits |"
                  : String.format(
                      Locale.ROOT,
                      "| %s | %.1f | %d | %s |",
                      id,
                      (toldNanos.get(id) - sent) / (double) TimeUnit.SECONDS.toNanos(1),
                      outcome.bytes(),
                      outcome.ending()));
        });
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve(name + ".md"), lines);
  }

  ProbeProcess process() {
    return process;
  }

  StallServer server() {
    return server;
  }

  /** Lets the JVM end, and returns all of its standard error. */
  List<String> end() {
    return process.end();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
