package io.stallguard.core;

import io.stallguard.core.settings.Limits;
import io.stallguard.core.settings.Setting;
import io.stallguard.core.words.Daemon;
import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Texts;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Threads that hang in answers which were asked for before the agent came: told once, left alone.
 */
public final class EarlierStreams implements Runnable {
  // Nothing has decorated such a body, so nobody is told of its bytes. But a thread that gets some
  // uses its processor: one that has used none since the agent came, and stands where it stood, has
  // got none. A virtual thread's stack is not to be had. Only after an attach, and only if a thread
  // waits then, is the JDK's management asked; it makes no MBean server for that. Who waits for a
  // whole answer that others gather uses none while it comes: of that no more is said than is
  // known. A socket that is read may be anything's, a database's or a queue's: these have one line.

  private static final String SOCKETS = "java-sockets";
  private static final int MOST_NAMES = 5;

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
    String body = BodyReading.clientOf(stack);
    String answer = body == null ? BodyReading.waitOf(stack) : null;
    if (body != null) {
      add(thread, stack, body, Kind.BODY);
    } else if (answer != null) {
      add(thread, stack, answer, Kind.ANSWER);
    } else if (BodyReading.isSocket(stack)) {
      add(thread, stack, SOCKETS, Kind.SOCKET);
    }
  }

  private void add(Thread thread, StackTraceElement[] stack, String client, Kind kind) {
    if (limitNanos < Limit.OFF_NANOS && !engine.isOff(client)) {
      found.add(new Reading(thread, stack, client, kind, usedNanos.applyAsLong(thread)));
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

  /** A line for each thread that still hangs, and one for all that read from sockets. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Map<Thread, StackTraceElement[]> now = stacks.get();
    List<String> sockets = new ArrayList<>();
    for (Reading reading : found) {
      if (reading.lasts(now.get(reading.thread), usedNanos)) {
        (reading.kind == Kind.SOCKET ? sockets : lines).add(reading.line(limitNanos));
      }
    }
    if (!sockets.isEmpty()) {
      lines.add(socketsLine(sockets));
    }
    return lines;
  }

  private String socketsLine(List<String> names) {
    int shown = Math.min(names.size(), MOST_NAMES);
    return Texts.clean(
        "in a read of a socket that was opened before the agent came: no byte for "
            + Durations.text(limitNanos)
            + ", at least since the attach; not guarded, as connections are from their opening on:"
            + " thread "
            + String.join(", ", names.subList(0, shown))
            + (names.size() > shown ? " and " + (names.size() - shown) + " more" : ""),
        500);
  }

  /** What a thread waits for. */
  private enum Kind {
    BODY,
    ANSWER,
    SOCKET
  }

  /** A thread that waits, as it was when the agent came. */
  private static final class Reading {
    private final Thread thread;
    private final StackTraceElement[] stack;
    private final String client;
    private final Kind kind;
    private final long usedNanos;

    Reading(Thread thread, StackTraceElement[] stack, String client, Kind kind, long usedNanos) {
      this.thread = thread;
      this.stack = stack;
      this.client = client;
      this.kind = kind;
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
      String name = '"' + thread.getName() + '"';
      String limit = Durations.text(limitNanos);
      if (kind == Kind.SOCKET) {
        return name;
      }
      String what =
          kind == Kind.BODY
              ? " hangs in a body of "
                  + client
                  + " that was opened before the agent came: no byte for "
                  + limit
                  + ", at least since the attach"
              : " waits for an answer of "
                  + client
                  + " that was asked for before the agent came: for "
                  + limit
                  + " at least, and whether bytes came cannot be seen";
      return Texts.clean(
          "thread "
              + name
              + what
              + "; it is not guarded and left alone; at "
              + BodyReading.callerOf(stack),
          500);
    }
  }
}
