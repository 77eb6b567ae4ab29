package io.stallguard.core.engine;

import java.time.Instant;

/** What tests of other rooms see and turn inside the engine. */
public final class Inside {
  private Inside() {}

  /** How many streams are in the wheel. */
  public static int watched(Watchdog watchdog) {
    return watchdog.watched();
  }

  /** Whether a stream has said all. */
  public static boolean isDone(Guard guard) {
    return guard.events().isDone();
  }

  /** When the head of a stream came. */
  public static Instant opened(Guard guard) {
    return Instant.ofEpochMilli(guard.progress().openedMillis());
  }

  /** The most by which the clock goes on at once. */
  public static long stepNanos(Watchdog watchdog) {
    return watchdog.stepNanos();
  }

  /** What became of a stream by decision. */
  public static Incident incident(Guard guard) {
    return guard.incident();
  }

  /** A stream as JMX shows it, at this running time. */
  public static OpenStream shown(Guard guard, long now) {
    return new OpenStream(guard, now);
  }

  /** The facts of a stall at the limit of a reply, that began at 0. */
  public static Stall stall(Guard guard, long now) {
    return new Stall(guard, guard.limits().ofReply(true, true), 0, now);
  }
}
