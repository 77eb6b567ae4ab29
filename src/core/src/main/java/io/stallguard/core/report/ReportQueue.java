package io.stallguard.core.report;

import io.stallguard.core.engine.InternalErrors;
import io.stallguard.core.engine.Threads;
import io.stallguard.core.words.BoundedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * What waits to be written by the thread for reports, behind a log that may block for ever. Any
 * thread may add to it, and waits for nothing; the watchdog has it written.
 */
public final class ReportQueue implements Runnable {
  /**
   * How many may wait: reports of a whole minute with the default limit, and all that can be told
   * beside them, are a tenth of this. With a stack and its text a report holds some 10 kB: 10 MB at
   * most.
   */
  static final int MOST = 1000;

  private static final long LOOK_NANOS = 1_000_000;

  private final Threads threads;
  private final InternalErrors errors;
  private final Reports reports;
  private final BoundedQueue<Runnable> waiting = new BoundedQueue<>(MOST);

  /** Whether a thread writes, or was asked to. Who sets it sees to it that one does. */
  private final AtomicBoolean writing = new AtomicBoolean();

  /** Whether the last attempt came to nothing: no thread or no memory. */
  private volatile boolean failed;

  public ReportQueue(Threads threads, InternalErrors errors, Reports reports) {
    this.threads = threads;
    this.errors = errors;
    this.reports = reports;
  }

  /** Adds what writes a report or a line. It must not hold a guard, and with it a connection. */
  public void add(Runnable report) {
    waiting.offer(report);
  }

  /** Whether something waits that no thread has been found for. */
  public boolean isWaiting() {
    return !writing.get() && hasMore();
  }

  private boolean hasMore() {
    return errors.isPending() || !waiting.isEmpty();
  }

  /**
   * Finds a thread for what waits. Watchdog, and the thread that ends the JVM.
   *
   * @param again whether it is time to try again what failed
   */
  public void begin(boolean again) {
    if (isWaiting() && (again || !failed) && writing.compareAndSet(false, true)) {
      failed = true;
      try {
        threads.reports().execute(this);
        failed = false;
      } finally {
        if (failed) {
          writing.set(false);
        }
      }
    }
  }

  /** Writes all there is. Thread for reports. */
  @Override
  public void run() {
    do {
      try {
        writeAll();
      } catch (Throwable t) {
        errors.note("reports", t);
        failed = true;
      } finally {
        writing.set(false);
      }
    } while (!failed && hasMore() && writing.compareAndSet(false, true));
  }

  private void writeAll() {
    errors.tell(reports);
    for (Runnable report = waiting.poll(); report != null; report = waiting.poll()) {
      write(report);
      tellLeftOut();
    }
  }

  private void write(Runnable report) {
    try {
      report.run();
    } catch (Throwable t) {
      waiting.leaveOut();
      errors.note("a report", t);
    }
  }

  /**
   * Tells how many lines were left out: the log has taken a line, so now it may take this one too.
   */
  private void tellLeftOut() {
    long count = waiting.takeLeftOut();
    if (count > 0) {
      reports.warn(count + " more lines were left out, which the log did not take in time");
    }
  }

  /** Waits until all is written, or until this time of {@link System#nanoTime}. */
  public void awaitWritten(long endAt) {
    while ((writing.get() || hasMore()) && endAt - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }
}
