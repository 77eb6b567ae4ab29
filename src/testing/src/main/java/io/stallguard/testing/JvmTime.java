package io.stallguard.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What one JVM of a test took: the time to its first line, its life, and the work of its
 * processors. Left in a file, a line for each JVM, of which {@link TimeReport} makes a table.
 */
final class JvmTime {
  static final Path FILE = Path.of("target", "timings", "jvms.tsv");

  private final long startedNanos = System.nanoTime();
  private volatile long workMillis = -1;

  /** When the process ended; 0 while it lives. */
  private volatile long endedNanos;

  /** Only a process that lives tells its work: asked for when its end is near. */
  void note(Process process) {
    process.info().totalCpuDuration().map(Duration::toMillis).ifPresent(work -> workMillis = work);
  }

  String describe() {
    String work = workMillis < 0 ? "work not known" : workMillis + " ms of work";
    return lifeMillis() + " ms after its start, " + work;
  }

  /** Notes that the process has ended. */
  void ended() {
    endedNanos = System.nanoTime();
  }

  /** Writes the line. Any thread; a file that cannot be written costs the figure and no more. */
  void write(String testName, String java, long startNanos) {
    String line =
        String.join(
            "\t",
            testName,
            java,
            String.valueOf(TimeUnit.NANOSECONDS.toMillis(startNanos)),
            String.valueOf(lifeMillis()),
            String.valueOf(workMillis));
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(
          FILE, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // The tests are not about this.
    }
  }

  private long lifeMillis() {
    long now = endedNanos == 0 ? System.nanoTime() : endedNanos;
    return TimeUnit.NANOSECONDS.toMillis(now - startedNanos);
  }
}
