package io.stallguard.core;

import io.stallguard.core.engine.BodyReading;
import io.stallguard.core.words.Texts;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waited for an answer, or read, when the agent came. For the one thread that looks
 * at such threads.
 */
final class EarlierThread {
  // Whether it reads from the same stream as before cannot be seen, so what makes another one
  // likely ends the interest in it: its call has returned, as no method of the app's is left on its
  // stack that was there at first, or it was elsewhere for a whole limit. And the frames of a
  // decorator of ours tell of a stream, or a connection, that was opened later.

  private static final String SOCKETS = "java-sockets";

  private final Engine engine;
  private final Thread thread;
  private final StackTraceElement[] first;

  /** How many looks in a row have to agree. */
  private final int looks;

  private StackTraceElement[] stack;
  private long usedNanos;
  private int unmoved;
  private int away;
  private boolean moved;
  private @Nullable String client;
  private Kind kind = Kind.NONE;

  /**
   * Takes a thread as it stands now.
   *
   * @param looks how many in a row make a limit
   * @param engine knows of which clients nothing is to be told
   */
  EarlierThread(
      Thread thread, StackTraceElement[] stack, long usedNanos, int looks, Engine engine) {
    this.engine = engine;
    this.thread = thread;
    this.first = stack;
    this.looks = looks;
    this.stack = stack;
    this.usedNanos = usedNanos;
    classify();
  }

  private void classify() {
    String body = BodyReading.clientOf(stack);
    String answer = body == null ? BodyReading.waitOf(stack) : null;
    if (BodyReading.isOurs(stack)) {
      is(Kind.NONE, null);
    } else if (body != null) {
      is(Kind.BODY, body);
    } else if (answer != null) {
      is(Kind.ANSWER, answer);
    } else {
      is(BodyReading.isSocket(stack) ? Kind.SOCKET : Kind.NONE, SOCKETS);
    }
    if (client != null && engine.isOff(client)) {
      is(Kind.NONE, null);
    }
  }

  private void is(Kind found, @Nullable String whose) {
    kind = found;
    client = whose;
  }

  /**
   * Whether an exchange may be under way on the thread: it waits or reads, or its client is at
   * work.
   */
  boolean isInExchange() {
    return reads() || (!BodyReading.isOurs(stack) && BodyReading.isInClient(stack));
  }

  private boolean reads() {
    return kind != Kind.NONE;
  }

  /**
   * Looks at the thread again.
   *
   * @param now where it stands
   * @param usedNow its processor time, negative where that is not to be had
   * @return false if it is of no interest any more
   */
  boolean look(StackTraceElement[] now, long usedNow) {
    if (!isInCall(now)) {
      return false;
    }
    if (usedNow >= 0 && usedNow == usedNanos && common(now, stack) == now.length) {
      unmoved++;
    } else {
      usedNanos = usedNow;
      stack = now;
      unmoved = 0;
      moved = true;
      classify();
    }
    away = reads() ? 0 : away + 1;
    return away < looks;
  }

  private boolean isInCall(StackTraceElement[] now) {
    int common = common(now, first);
    for (int i = now.length - common; i < now.length; i++) {
      if (BodyReading.isOfApp(now[i])) {
        return true;
      }
    }
    return common > 0 && common == now.length && common == first.length;
  }

  /**
   * How many of the outermost methods two stacks share: by name, as those woven meanwhile have lost
   * their lines.
   */
  private static int common(StackTraceElement[] one, StackTraceElement[] other) {
    int count = 0;
    while (count < one.length && count < other.length) {
      StackTraceElement here = one[one.length - 1 - count];
      StackTraceElement there = other[other.length - 1 - count];
      if (!here.getClassName().equals(there.getClassName())
          || !here.getMethodName().equals(there.getMethodName())) {
        return count;
      }
      count++;
    }
    return count;
  }

  /** Whether the thread has got nothing for a whole limit, from what was there before the agent. */
  boolean hangs() {
    return reads()
        && unmoved >= looks
        && (kind != Kind.SOCKET || !moved || BodyReading.isEarlierForSure(stack));
  }

  Thread thread() {
    return thread;
  }

  /** Whether a socket is read that may be anything's, a database's or a queue's. */
  boolean isAtSocket() {
    return kind == Kind.SOCKET;
  }

  String name() {
    return '"' + thread.getName() + '"';
  }

  /** The line on the thread, unless it is at a socket. */
  String line(String limit) {
    String what =
        kind == Kind.BODY
            ? " hangs in a body of "
                + client
                + " that was opened before the agent came: no byte for "
                + limit
                + (moved ? " at least" : ", at least since the agent came")
            : " waits for an answer of "
                + client
                + " that was asked for before the agent came: for "
                + limit
                + " at least, and whether bytes came cannot be seen";
    return Texts.clean(
        "thread "
            + name()
            + what
            + "; it is not guarded and left alone; at "
            + BodyReading.callerOf(stack),
        500);
  }

  /** What a thread waits for. */
  private enum Kind {
    NONE,
    BODY,
    ANSWER,
    SOCKET
  }
}
