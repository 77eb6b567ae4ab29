package io.stallguard.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What a process printed so far, and the place to wait for more of it. */
final class OutputLines {

  private final List<OutputLine> lines = new ArrayList<>();
  private int openSources;

  /** Reads a stream of the process to its end on a thread of its own. */
  synchronized void collect(OutputLine.Source source, InputStream in, String processName) {
    openSources++;
    Thread reader = new Thread(() -> read(source, in), processName + "-" + source);
    reader.setDaemon(true);
    reader.start();
  }

  synchronized List<OutputLine> all() {
    return List.copyOf(lines);
  }

  /** When the first line came, of {@link System#nanoTime()}. */
  synchronized OptionalLong firstNanos() {
    return lines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(lines.get(0).nanos());
  }

  /**
   * The first line that matches, also one from before the call; empty at the deadline or when no
   * line can come.
   */
  synchronized Optional<OutputLine> await(Predicate<OutputLine> wanted, long deadlineNanos)
      throws InterruptedException {
    int next = 0;
    while (true) {
      for (; next < lines.size(); next++) {
        if (wanted.test(lines.get(next))) {
          return Optional.of(lines.get(next));
        }
      }
      if (!awaitMoreThan(next, deadlineNanos)) {
        return Optional.empty();
      }
    }
  }

  /** Waits until both streams ended; returns false at the deadline. */
  synchronized boolean awaitEnd(long deadlineNanos) throws InterruptedException {
    long leftMillis = millisUntil(deadlineNanos);
    while (openSources > 0 && leftMillis > 0) {
      wait(leftMillis);
      leftMillis = millisUntil(deadlineNanos);
    }
    return openSources == 0;
  }

  private void read(OutputLine.Source source, InputStream in) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(new OutputLine(source, System.nanoTime(), line));
      }
    } catch (IOException e) {
      // The stream of a process that was killed may break instead of ending: no more lines in both
      // cases.
    } finally {
      ended();
    }
  }

  private synchronized void add(OutputLine line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void ended() {
    openSources--;
    notifyAll();
  }

  /** Waits for a line beyond the first so many; false at the deadline or when none can come. */
  private boolean awaitMoreThan(int seen, long deadlineNanos) throws InterruptedException {
    long leftMillis = millisUntil(deadlineNanos);
    while (lines.size() == seen && openSources > 0 && leftMillis > 0) {
      wait(leftMillis);
      leftMillis = millisUntil(deadlineNanos);
    }
    return lines.size() > seen;
  }

  /** Rounded up, because a wait of 0 would be one without end; 0 and below when it is over. */
  private static long millisUntil(long deadlineNanos) {
    long leftNanos = deadlineNanos - System.nanoTime();
    return leftNanos <= 0 ? 0 : leftNanos / 1_000_000 + 1;
  }
}
