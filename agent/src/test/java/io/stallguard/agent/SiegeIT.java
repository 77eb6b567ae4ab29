package io.stallguard.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stallguard.testing.AgentProcess;
import io.stallguard.testing.JavaCommand;
import io.stallguard.testing.Jdks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Streams stall while there is no memory, no thread, or a standard error that nobody reads: their
 * readers are released all the same, or as soon as there is again.
 */
class SiegeIT {
  private static final int STREAMS = 24;
  private static final String LIMIT = "idle=2s,breaker.share=off,log.per-minute=off";

  /** The limit, a second, and what a machine that is busy with other tests may take. */
  private static final int MOST_MILLIS = 2000 + 1000 + 3000;

  private static final Pattern FREED =
      Pattern.compile("freed (\\d+) timeouts (\\d+) millis (\\d+)");

  /** Side by side, as they mostly wait. */
  private static AgentProcess withoutMemory;

  private static Unread unread;
  private static Unread withoutThreads;

  @BeforeAll
  static void begin() throws IOException {
    withoutMemory = command().jvmOptions("-Xmx48m", "-XX:+UseSerialGC").start();
    withoutMemory.send("open " + STREAMS);
    withoutMemory.send("fill 4000");
    withoutMemory.send("await");
    unread = new Unread();
    unread.send("clog", "open " + STREAMS, "await");
    withoutThreads = new Unread();
    withoutThreads.send("clog");
  }

  private static JavaCommand command() {
    return Apps.plain(Jdks.find().jdk(17), "Siege").agent(BuiltJar.PATH, LIMIT);
  }

  @AfterAll
  static void end() {
    withoutMemory.close();
    unread.process.destroyForcibly();
    withoutThreads.process.destroyForcibly();
  }

  @Test
  void aHeapThatIsFullForSomeSecondsCostsNoStreamItsGuard() {
    assertFreed(
        withoutMemory.awaitLine(line -> line.startsWith("freed "), Apps.DEADLINE).text(), false);

    withoutMemory.closeInput();
    assertThat(withoutMemory.awaitExit(Apps.DEADLINE)).isZero();
    assertThat(withoutMemory.err())
        .noneMatch(line -> line.contains("UncaughtExceptionHandler"))
        .noneMatch(line -> line.startsWith("Exception"));
    assertThat(withoutMemory.err())
        .filteredOn(line -> line.contains("stream stalled, aborted"))
        .hasSize(STREAMS);
  }

  @Test
  void aStandardErrorThatNobodyReadsHoldsUpNoReader() throws Exception {
    assertFreed(unread.await("freed "), true);

    assertThat(unread.reports()).isEqualTo(STREAMS);
  }

  /** The watchdog frees some itself; what needs a thread is released once there is one. */
  @Test
  void aLimitOnThreadsPutsReleasesOffAndNotOut() throws Exception {
    Path group = group(withoutThreads.process.pid());
    try {
      withoutThreads.send("open " + STREAMS);
      withoutThreads.await("done open");
      Files.writeString(group.resolve("cgroup.procs"), "" + withoutThreads.process.pid());
      Files.writeString(group.resolve("pids.max"), "1");
      withoutThreads.send("rest 3500");
      assertThat(withoutThreads.await("done rest"))
          .as("without another thread")
          .matches("done rest, released [1-9]\\d*");

      Files.writeString(group.resolve("pids.max"), "max");
      withoutThreads.send("back", "await");
      assertFreed(withoutThreads.await("freed "), true);

      assertThat(withoutThreads.reports()).isEqualTo(STREAMS);
    } finally {
      withoutThreads.process.destroyForcibly().waitFor();
      Files.delete(group);
    }
  }

  /** A group of processes with a limit on threads, which root may make. */
  private static Path group(long pid) {
    String name = "stallguard-siege-" + pid;
    for (Path root : List.of(Path.of("/sys/fs/cgroup/pids"), Path.of("/sys/fs/cgroup"))) {
      try {
        Path group = Files.createDirectory(root.resolve(name));
        if (Files.exists(group.resolve("pids.max"))) {
          return group;
        }
        Files.delete(group);
      } catch (IOException e) {
        // No such controller here, or no right to use it.
      }
    }
    assumeTrue(false, "left out: no limit on threads can be set here (cgroup pids, as root)");
    throw new IllegalStateException();
  }

  private static void assertFreed(String line, boolean withTimeouts) {
    Matcher freed = FREED.matcher(String.valueOf(line));
    assertThat(freed.matches()).as(line).isTrue();
    assertThat(Integer.parseInt(freed.group(1))).as(line).isEqualTo(STREAMS);
    if (withTimeouts) {
      assertThat(Integer.parseInt(freed.group(2))).as(line).isEqualTo(STREAMS);
    }
    assertThat(Integer.parseInt(freed.group(3))).as(line).isLessThan(MOST_MILLIS);
  }

  /** An app whose standard error is read at the end only. */
  private static final class Unread {
    private final Process process = start();
    private final BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    private final BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));

    private static Process start() {
      try {
        return new ProcessBuilder(command().line()).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void send(String... lines) throws IOException {
      process.getOutputStream().write((String.join("\n", lines) + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    }

    /** The next line that begins so; the app has a deadline of its own. */
    String await(String begin) throws IOException {
      String line = out.readLine();
      while (line != null && !line.startsWith(begin)) {
        line = out.readLine();
      }
      return String.valueOf(line);
    }

    /** Lets the app end, and counts the reports that come once somebody reads them. */
    long reports() throws Exception {
      CompletableFuture<Long> reports =
          CompletableFuture.supplyAsync(
              () -> err.lines().filter(text -> text.contains("stream stalled, aborted")).count());
      process.getOutputStream().close();
      assertThat(process.waitFor(Apps.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return reports.get(Apps.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
