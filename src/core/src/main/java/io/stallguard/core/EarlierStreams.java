package io.stallguard.core;

import io.stallguard.core.settings.Limits;
import io.stallguard.core.settings.Setting;
import io.stallguard.core.words.Daemon;
import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that hang in answers which were asked for before the agent came: told once, left alone.
 */
public final class EarlierStreams implements Runnable, Consumer<Thread> {
  // Nothing has decorated such a body, so nobody is told of its bytes. But a thread that gets some
  // uses its processor: one that has used none for a whole limit, and stands where it stood, has
  // got none. A virtual thread's stack is not to be had. Only if a thread waits when the agent
  // comes is the JDK's management asked; it makes no MBean server for that. Who waits for a whole
  // answer that others gather uses none while it comes: of that no more is said than is known. A
  // socket that is read may be anything's, a database's or a queue's: these have one line.
  //
  // No lambda is made before a thread is found: the first one costs a JVM's start, which may wait
  // for this, some fifty more classes.
  //
  // All threads are looked at twice, before and after classes get their advice: what begins between
  // them may have missed it. From then on only those few are, a few times in each limit. One that
  // begins another exchange is dropped, as what it reads may be that one's.

  private static final int MOST_NAMES = 5;

  /**
   * How many threads at sockets are told: a server may have hundreds that each wait for the next
   * request.
   */
  private static final int MOST_SOCKET_LINES = 10;

  private static final int LOOKS = 4;
  private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Engine engine;
  private final ThreadLook threads;
  private final long limitNanos;
  private final int looks;
  private final Map<Thread, EarlierThread> found = new ConcurrentHashMap<>();

  /** The threads that began an exchange while threads are gathered; null once they have been. */
  private volatile @Nullable Set<Thread> begun = ConcurrentHashMap.newKeySet();

  private int socketLines;

  private EarlierStreams(Engine engine, ThreadLook threads) {
    this.engine = engine;
    this.threads = threads;
    Limit idle = engine.settings().choices().limit(Setting.IDLE);
    this.limitNanos = idle == null ? Limits.IDLE_NANOS : idle.nanos();
    this.looks = (int) Math.max(1, Math.min(LOOKS, limitNanos / SHORTEST_NANOS));
  }

  /** Looks at all threads before anything is woven; {@link #begin} is due once all is. */
  public static EarlierStreams of(Engine engine) {
    return of(engine, new JvmThreads(engine));
  }

  static EarlierStreams of(Engine engine, ThreadLook threads) {
    EarlierStreams earlier = new EarlierStreams(engine, threads);
    engine.beginnings().heardBy(earlier);
    earlier.gather();
    return earlier;
  }

  /** Looks at all threads. */
  void gather() {
    if (limitNanos >= Limit.OFF_NANOS) {
      return;
    }
    try {
      for (Map.Entry<Thread, StackTraceElement[]> each : threads.stacks().entrySet()) {
        add(each.getKey(), each.getValue());
      }
    } catch (RuntimeException | LinkageError e) {
      // No right to look at threads, or no module for it: none of them is named.
      failed(e);
    }
  }

  private void failed(Throwable failure) {
    found.clear();
    engine.errors().record("a look at earlier streams", failure);
  }

  private void add(Thread thread, StackTraceElement[] all) {
    Set<Thread> others = begun;
    if (found.containsKey(thread)
        || others == null
        || others.contains(thread)
        || !new EarlierThread(thread, all, 0, looks, engine).isInExchange()) {
      return;
    }
    // As all later looks see it: a thread that is asked alone has no hidden frames of lambdas.
    StackTraceElement[] own = threads.stackOf(thread);
    if (own.length > 0) {
      long used = threads.usedNanos(thread);
      found.put(thread, new EarlierThread(thread, own, used, looks, engine));
    }
    if (others.contains(thread)) {
      found.remove(thread);
    }
  }

  /** Forgets a thread on which an exchange begins: what it reads from now on may be of that one. */
  @Override
  public void accept(Thread thread) {
    Set<Thread> others = begun;
    if (others != null) {
      others.add(thread);
    }
    found.remove(thread);
  }

  /** Looks at all threads once more, and from now on at those found, by a thread of its own. */
  public void begin() {
    gather();
    begun = null;
    if (found.isEmpty()) {
      engine.beginnings().heardBy(null);
    } else {
      Thread thread = Daemon.of(this, "stallguard-earlier");
      engine.onLeave(thread::interrupt);
      thread.start();
    }
  }

  @Override
  public void run() {
    try {
      while (!found.isEmpty()) {
        TimeUnit.NANOSECONDS.sleep(limitNanos / looks + 1);
        lines().forEach(engine::warn);
      }
    } catch (InterruptedException e) {
      // The agent leaves.
    } catch (Throwable t) {
      failed(t);
    } finally {
      engine.beginnings().heardBy(null);
    }
  }

  /** Looks once: a line for each thread that hangs, and one for all that read from sockets. */
  List<String> lines() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    List<String> sockets = new ArrayList<>();
    for (EarlierThread one : hanging()) {
      if (one.isAtSocket()) {
        sockets.add(one.name());
      } else {
        lines.add(one.line(Durations.text(limitNanos)));
      }
    }
    if (!sockets.isEmpty() && socketLines++ < MOST_SOCKET_LINES) {
      lines.add(socketsLine(sockets));
    }
    return lines;
  }

  private List<EarlierThread> hanging() throws InterruptedException {
    List<EarlierThread> hanging = new ArrayList<>();
    for (EarlierThread one : new ArrayList<>(found.values())) {
      Thread thread = one.thread();
      if (!one.look(threads.stackOf(thread), threads.usedNanos(thread))) {
        found.remove(thread);
      } else if (one.hangs() && found.remove(thread) != null) {
        hanging.add(one);
      }
    }
    if (!hanging.isEmpty()) {
      // A stream may be handed over to a thread, which then has begun nothing itself.
      Set<Thread> guarded = threads.guarded();
      hanging.removeIf(one -> guarded.contains(one.thread()));
    }
    return hanging;
  }

  /** How many threads are of interest still. */
  int size() {
    return found.size();
  }

  private String socketsLine(List<String> names) {
    int shown = Math.min(names.size(), MOST_NAMES);
    return Texts.clean(
        "in a read of a socket that was opened before the agent came: no byte for "
            + Durations.text(limitNanos)
            + " at least; not guarded, as connections are from their opening on: thread "
            + String.join(", ", names.subList(0, shown))
            + (names.size() > shown ? " and " + (names.size() - shown) + " more" : ""),
        500);
  }
}
