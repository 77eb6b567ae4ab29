package io.stallguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A JVM of its own, with the agent or without it, whose output a test can wait for; closing kills
 * it.
 */
public final class AgentProcess implements AutoCloseable {

  /** Those that a test run which is itself killed must not leave behind. */
  private static final Set<AgentProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(AgentProcess::close)));
  }

  /** The latest ones, whose output a test that fails may still want to show. */
  private static final int RECENT_COUNT = 24;

  /** A JVM that does not answer in this time tells no stacks. */
  private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(5);

  private static final Deque<AgentProcess> RECENT = new ConcurrentLinkedDeque<>();

  private final Process process;
  private final String java;
  private final OutputLines lines = new OutputLines();
  private final String testName = TestName.current();
  private final long startedNanos = System.nanoTime();
  private final JvmTime time = new JvmTime();

  private AgentProcess(Process process, String java, boolean errorsUnread) {
    this.process = process;
    this.java = java;
    RUNNING.add(this);
    RECENT.addFirst(this);
    if (RECENT.size() > RECENT_COUNT) {
      RECENT.pollLast();
    }
    CompletableFuture<Void> unused = process.onExit().thenRun(this::ended);
    lines.collect(OutputLine.Source.OUT, process.getInputStream(), name());
    if (!errorsUnread) {
      readErrors();
    }
  }

  private String name() {
    return "process-" + process.pid();
  }

  /**
   * @return a command for the JDK that runs this code
   */
  public static JavaCommand java() {
    return new JavaCommand(Jdks.running());
  }

  public static JavaCommand java(Jdk jdk) {
    return new JavaCommand(jdk);
  }

  static AgentProcess start(ProcessBuilder builder, boolean errorsUnread) {
    try {
      return new AgentProcess(builder.start(), builder.command().get(0), errorsUnread);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + builder.command(), e);
    }
  }

  /** How many of them there are now. */
  static int runningCount() {
    return RUNNING.size();
  }

  /**
   * The latest processes of a test that has failed.
   *
   * @param path the names from the class of tests to the test: what was started for one of its
   *     parts, else for the class, at most three
   */
  static List<AgentProcess> recentOf(List<String> path) {
    List<AgentProcess> ofClass =
        RECENT.stream()
            .filter(each -> TestName.classOf(each.testName).equals(path.get(0)))
            .toList();
    List<AgentProcess> ofPart =
        ofClass.stream()
            .filter(each -> path.stream().skip(1).anyMatch(part -> each.isOf(part)))
            .toList();
    return (ofPart.isEmpty() ? ofClass : ofPart).stream().limit(3).toList();
  }

  private boolean isOf(String part) {
    return testName.endsWith("/" + part);
  }

  /** The test that has started it, empty outside of tests. */
  String testName() {
    return testName;
  }

  /** Which Java it is and what became of it, for people. */
  String describe() {
    String state = running() ? "running" : "ended with " + process.exitValue();
    return java + ", " + state + ", " + time.describe();
  }

  private void ended() {
    RUNNING.remove(this);
    time.ended();
    lines.firstNanos().ifPresent(first -> time.write(testName, java, first - startedNanos));
  }

  /** Begins to read standard error, if nobody has yet. Once. */
  public final void readErrors() {
    lines.collect(OutputLine.Source.ERR, process.getErrorStream(), name());
  }

  public long pid() {
    return process.pid();
  }

  /** Of {@link System#nanoTime()}, as are the times of the lines. */
  public long startedNanos() {
    return startedNanos;
  }

  public boolean running() {
    return process.isAlive();
  }

  /** All lines so far, in order of arrival. */
  public List<OutputLine> lines() {
    return lines.all();
  }

  public List<String> out() {
    return texts(OutputLine.Source.OUT);
  }

  public List<String> err() {
    return texts(OutputLine.Source.ERR);
  }

  /**
   * Waits for a line on either stream; lines that came before the call count.
   *
   * @throws AssertionError with all output, if the line does not come in time or the output ends
   *     before
   */
  public OutputLine awaitLine(Predicate<String> wanted, Duration timeout) {
    return await(line -> wanted.test(line.text()), timeout);
  }

  /**
   * @see #awaitLine(Predicate, Duration)
   */
  public OutputLine awaitLine(
      OutputLine.Source source, Predicate<String> wanted, Duration timeout) {
    return await(line -> line.source() == source && wanted.test(line.text()), timeout);
  }

  /**
   * Waits for nothing.
   *
   * @throws AssertionError with all output, if such a line is there or comes within this time, or
   *     the process ends
   */
  public void expectNoLine(Predicate<String> unwanted, Duration length) {
    try {
      Optional<OutputLine> line =
          lines.await(each -> unwanted.test(each.text()), System.nanoTime() + length.toNanos());
      if (line.isPresent() || !running()) {
        throw failure("was expected to be silent for " + length);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Waits for the end of the process and of its output.
   *
   * @throws AssertionError with all output, if it still runs after this time
   */
  public int awaitExit(Duration timeout) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try {
      boolean ended =
          process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS) && lines.awaitEnd(deadlineNanos);
      if (!ended) {
        throw failure("did not end within " + timeout);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Writes a line to the standard input of the process. */
  public void send(String line) {
    try {
      process
          .getOutputStream()
          .write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to process " + pid(), e);
    }
  }

  /** Ends the standard input of the process. */
  public void closeInput() {
    time.note(process);
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the input of process " + pid(), e);
    }
  }

  /** Asks the process to end, which runs its shutdown hooks. */
  public void terminate() {
    process.destroy();
  }

  /** Kills the process with all that it started. */
  @Override
  public void close() {
    time.note(process);
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private OutputLine await(Predicate<OutputLine> wanted, Duration timeout) {
    try {
      OutputLine line = lines.await(wanted, System.nanoTime() + timeout.toNanos()).orElse(null);
      if (line == null) {
        throw failure("did not print the expected line within " + timeout);
      }
      return line;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private List<String> texts(OutputLine.Source source) {
    return lines().stream().filter(line -> line.source() == source).map(OutputLine::text).toList();
  }

  private AssertionError failure(String message) throws InterruptedException {
    String state = running() ? "running" : "ended with " + process.exitValue();
    if (running()) {
      dumpThreads();
    }
    String output =
        lines().stream().map(OutputLine::toString).collect(Collectors.joining("\n  ", "\n  ", ""));
    return new AssertionError(
        "process " + pid() + " " + message + ", is " + state + ", output:" + output);
  }

  /** Has the JVM print its stacks where its output is read: what it waits for is seen there. */
  private void dumpThreads() throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(pid())).start().waitFor();
      Optional<OutputLine> unused =
          lines.await(
              line -> line.text().startsWith("JNI global ref"),
              System.nanoTime() + DUMP_TIMEOUT.toNanos());
    } catch (IOException e) {
      // A machine without this command: the failure is told without stacks.
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting for a process", e);
  }
}
