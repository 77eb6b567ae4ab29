package io.stallguard.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A listener that writes a note for each test that failed: which one, why, how busy the machine
 * was, and the last output of the JVMs that it had started. {@code scripts/test} shows the notes
 * when all is over.
 *
 * <p>Called by JUnit on the threads of the tests, several at a time.
 */
public final class FailureNotes implements TestExecutionListener {
  private static final Path FOLDER = Path.of("target", "failures");

  /** What a person reads before giving up; the whole output lies beside the note. */
  private static final int LINES = 25;

  private static final int CAUSE_LINES = 12;

  private static final int MOST_CAUSES = 4;

  private final Path folder;
  private final AtomicInteger count = new AtomicInteger();
  private volatile @Nullable TestPlan plan;

  /** Made by JUnit, which finds the listener as a service. */
  public FailureNotes() {
    this(FOLDER);
  }

  FailureNotes(Path folder) {
    this.folder = folder;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    String className = className(test);
    if (test.isContainer() && !className.isEmpty()) {
      TestName.begin(className);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      result.getThrowable().ifPresent(failure -> note(path(test), failure));
    }
  }

  /** The names from the class down to the test itself. */
  private List<String> path(TestIdentifier test) {
    Deque<String> names = new ArrayDeque<>();
    TestPlan started = Objects.requireNonNull(plan, "tests have begun");
    for (@Nullable TestIdentifier each = test;
        each != null;
        each = started.getParent(each).orElse(null)) {
      String className = className(each);
      names.addFirst(className.isEmpty() ? each.getDisplayName() : className);
      if (!className.isEmpty()) {
        break;
      }
    }
    return List.copyOf(names);
  }

  /** The simple name of a class of tests; empty for anything else. */
  private static String className(TestIdentifier test) {
    return test.getSource()
        .filter(source -> source instanceof ClassSource && !(source instanceof MethodSource))
        .map(source -> ((ClassSource) source).getClassName().replaceFirst(".*\\.", ""))
        .orElse("");
  }

  private void note(List<String> path, Throwable failure) {
    List<String> lines = new ArrayList<>();
    lines.add("FAILED " + String.join(" > ", path));
    lines.add("  " + machine());
    cause(failure).forEach(line -> lines.add("  " + line));
    String name = String.format("%s-%03d", path.get(0), count.incrementAndGet());
    try {
      Files.createDirectories(folder);
      addJvms(path, name, lines);
      Files.write(folder.resolve(name + ".txt"), lines, UTF_8);
    } catch (IOException e) {
      System.err.println("no note of a failure: " + e);
    }
  }

  /** Load is the number of threads that wanted a processor, of the last 1, 5 and 15 minutes. */
  static String machine() {
    String load;
    try {
      load = Files.readString(Path.of("/proc/loadavg"), UTF_8).trim();
    } catch (IOException e) {
      // No Linux: the JVM knows the last minute's.
      load = "" + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
    return String.format(
        "at %s, load %s on %d processors, %d JVMs of tests running",
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS),
        load,
        Runtime.getRuntime().availableProcessors(),
        AgentProcess.runningCount());
  }

  /** The failure and what it came of, outermost first. */
  private static List<String> cause(Throwable failure) {
    List<String> lines = new ArrayList<>();
    Throwable each = failure;
    for (int i = 0; each != null && i < MOST_CAUSES; i++) {
      lines.addAll(one(i == 0 ? "" : "caused by ", each));
      each = each.getCause();
    }
    return lines;
  }

  private static List<String> one(String begin, Throwable failure) {
    List<String> lines = new ArrayList<>();
    String[] message = (begin + failure).split("\n");
    Arrays.stream(message).limit(CAUSE_LINES).forEach(lines::add);
    if (message.length > CAUSE_LINES) {
      lines.add("... " + (message.length - CAUSE_LINES) + " more lines in the reports of surefire");
    }
    Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("io.stallguard."))
        .limit(4)
        .forEach(frame -> lines.add("    at " + frame));
    return lines;
  }

  private void addJvms(List<String> path, String name, List<String> lines) throws IOException {
    List<AgentProcess> jvms = AgentProcess.recentOf(path);
    for (AgentProcess jvm : jvms) {
      List<String> output = jvm.lines().stream().map(OutputLine::toString).toList();
      Path whole = folder.resolve(name + "-jvm-" + jvm.pid() + ".log");
      Files.write(whole, output, UTF_8);
      lines.add("  JVM " + jvm.pid() + " of " + jvm.testName() + ", " + jvm.describe());
      lines.add("  its last lines of " + output.size() + ", all in " + whole.toAbsolutePath());
      lines.addAll(
          output.stream()
              .skip(Math.max(0, output.size() - LINES / jvms.size()))
              .map(line -> "    " + cut(line))
              .collect(Collectors.toList()));
    }
  }

  private static String cut(String line) {
    return line.length() <= 300 ? line : line.substring(0, 300) + " ...";
  }
}
