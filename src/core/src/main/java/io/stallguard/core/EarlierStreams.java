package io.stallguard.core;

import io.stallguard.core.words.Daemon;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Threads that hang in bodies which were opened before the agent came: told once, left alone. */
public final class EarlierStreams implements Runnable {
  // Nothing has decorated such a body, so nobody is told of its bytes. But a thread that gets some
  // uses its processor: one that has used none since the agent came, and stands where it stood, has
  // got none. A virtual thread's stack is not to be had. Only after an attach, and only if a thread
  // reads a body then, is the JDK's management asked; it makes no MBean server for that.

  private final Engine engine;
  private final ToLongFunction<Thread> usedNanos;

  /** For both looks the same: what one thread is asked for has no hidden frames of lambdas. */
  private final Supplier<Map<Thread, StackTraceElement[]>> stacks;

  private final long limitNanos;
  private final List<Reading> found;

  EarlierStreams(
      Engine engine,
      ToLongFunction<Thread> usedNanos,
      Supplier<Map<Thread, StackTraceElement[]>> stacks) {
    this.engine = engine;
    this.usedNanos = usedNanos;
    this.stacks = stacks;
    Limit idle = engine.settings().choices().limit(Setting.IDLE);
    this.limitNanos = idle == null ? Limits.IDLE_NANOS : idle.nanos();
    this.found = new ArrayList<>();
    stacks.get().forEach(this::add);
  }

  private void add(Thread thread, StackTraceElement[] stack) {
    String client = BodyReading.clientOf(stack);
    if (client != null && limitNanos < Limit.OFF_NANOS && !engine.isOff(client)) {
      found.add(new Reading(thread, stack, client, usedNanos.applyAsLong(thread)));
    }
  }

  /**
   * Looks at all threads now, and again after the limit on byte silence. Before anything is woven.
   */
  public static void watch(Engine engine) {
    try {
      begin(new EarlierStreams(engine, EarlierStreams::used, Thread::getAllStackTraces));
    } catch (RuntimeException | LinkageError e) {
      // No right to look at threads, or no module for it: none of them is named.
      engine.errors().record("a look at earlier streams", e);
    }
  }

  private static void begin(EarlierStreams earlier) {
    if (!earlier.found.isEmpty()) {
      Thread thread = Daemon.of(earlier, "stallguard-earlier");
      earlier.engine.onLeave(thread::interrupt);
      thread.start();
    }
  }

  private static long used(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  @Override
  public void run() {
    try {
      TimeUnit.NANOSECONDS.sleep(limitNanos);
      lines().forEach(engine::inform);
    } catch (InterruptedException e) {
      // The agent leaves.
    } catch (Throwable t) {
      engine.errors().record("a look at earlier streams", t);
    }
  }

  /** A line for each thread that still hangs. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Map<Thread, StackTraceElement[]> now = stacks.get();
    for (Reading reading : found) {
      if (reading.lasts(now.get(reading.thread), usedNanos)) {
        lines.add(reading.line(limitNanos));
      }
    }
    return lines;
  }

  /** A thread in a body, as it was when the agent came. */
  private static final class Reading {
    private final Thread thread;
    private final StackTraceElement[] stack;
    private final String client;
    private final long usedNanos;

    Reading(Thread thread, StackTraceElement[] stack, String client, long usedNanos) {
      this.thread = thread;
      this.stack = stack;
      this.client = client;
      this.usedNanos = usedNanos;
    }

    /** Where no time is to be had it is negative. */
    boolean lasts(StackTraceElement @Nullable [] now, ToLongFunction<Thread> used) {
      return now != null && usedNanos >= 0 && used.applyAsLong(thread) == usedNanos && isSame(now);
    }

    /** Methods that were woven meanwhile have lost their lines. */
    private boolean isSame(StackTraceElement[] now) {
      boolean same = now.length == stack.length;
      for (int i = 0; same && i < now.length; i++) {
        same =
            now[i].getClassName().equals(stack[i].getClassName())
                && now[i].getMethodName().equals(stack[i].getMethodName());
      }
      return same;
    }

    String line(long limitNanos) {
      return Texts.clean(
          "thread \""
              + thread.getName()
              + "\" hangs in a body of "
              + client
              + " that was opened before the agent came: no byte for "
              + Durations.text(limitNanos)
              + ", at least since the attach; it is not guarded and left alone; at "
              + BodyReading.callerOf(stack),
          500);
    }
  }
}
