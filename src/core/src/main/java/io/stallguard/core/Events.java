package io.stallguard.core;

import io.stallguard.core.body.Answer;
import io.stallguard.core.body.EventKind;
import io.stallguard.core.body.Mark;

/**
 * The events of one stream: how many, the last one, whether the terminal one has come, and since
 * when there is event silence.
 *
 * <p>Written by the thread that delivers the bytes, and by the reader when its demand begins and
 * ends, before they move the guard's state; read by the watchdog after it has read that state.
 */
final class Events {
  // Event silence counts only time under demand. There is one stamp for it, the time at which it
  // would have begun had demand never ceased: when demand begins anew, the stamp moves on by the
  // time that had none. A pause that no tick fell into is not seen, and moves nothing; one that is
  // seen may have been a step of the clock longer than it looks, so it moves the stamp by that
  // much more. So the sum is never early, and late only after consumers that hold back. Where the
  // clock
  // stood longer than that step just when demand began anew, the rest of its late tick is added
  // when it is known: by who judges, or before the stamp is moved once more.

  private static final long NEVER = -1;

  private final RunningClock clock;
  private final Answer answer = new Answer();

  private ShownName lastName = ShownName.NONE;
  private boolean lastIsHeartbeat;
  private long lastNanos;
  private long progress;
  private long heartbeats;
  private long sinceNanos;

  /** The clock when demand last began anew, or when silence began if that was later. */
  private long movedNanos;

  private long demandEndNanos;
  private long longestSilenceNanos;

  private long nowNanos;
  private boolean awaited;

  /** The last heartbeat whose arrival is known exactly. */
  private long heartbeatNanos = NEVER;

  private long heartbeatGapNanos;

  Events(long openedNanos, RunningClock clock) {
    this.clock = clock;
    this.sinceNanos = openedNanos;
    this.movedNanos = openedNanos;
    this.demandEndNanos = openedNanos;
  }

  /**
   * The bytes that are looked at from now on came at this time.
   *
   * @param exactly whether somebody waited for them, so that they did not lie in a buffer before
   */
  void at(long arrivalNanos, boolean exactly) {
    nowNanos = arrivalNanos;
    awaited = exactly;
  }

  /** An event came. */
  void happened(EventKind kind, ShownName name) {
    answer.happened(kind);
    last(name, kind == EventKind.HEARTBEAT);
    if (kind == EventKind.HEARTBEAT) {
      heartbeats++;
      learn();
    } else {
      progress++;
      silenceBegins();
    }
  }

  /** Only from a heartbeat whose own arrival is known: an older one would make the gap shorter. */
  private void learn() {
    if (heartbeatNanos != NEVER && nowNanos > heartbeatNanos) {
      heartbeatGapNanos = Math.max(heartbeatGapNanos, nowNanos - heartbeatNanos);
    }
    if (awaited) {
      heartbeatNanos = nowNanos;
    } else if (nowNanos > heartbeatNanos) {
      heartbeatNanos = NEVER;
    }
  }

  private void last(ShownName name, boolean isHeartbeat) {
    lastName = name;
    lastIsHeartbeat = isHeartbeat;
    lastNanos = nowNanos;
  }

  /** Bytes in which no events can be told: all are progress. */
  void bytesOfNoFormat() {
    answer.bytesOfNoFormat();
    silenceBegins();
  }

  /** What came while nobody wanted it makes the time without demand begin anew as well. */
  private void silenceBegins() {
    silenceEnds();
    sinceNanos = nowNanos;
    movedNanos = nowNanos;
    demandEndNanos = nowNanos;
  }

  private void silenceEnds() {
    long silenceNanos = (awaited ? nowNanos : demandEndNanos) - sinceNanos;
    longestSilenceNanos = Math.max(longestSilenceNanos, silenceNanos);
  }

  /** The end of the body ends the silence as well; after the terminal event there is none. */
  void ends(long now, boolean wasAwaited) {
    if (!isDone()) {
      at(now, wasAwaited);
      silenceEnds();
    }
  }

  /**
   * Demand begins.
   *
   * @param stepNanos by how much the clock may lag
   */
  void demandBegins(long now, long stepNanos) {
    if (now != demandEndNanos) {
      sinceNanos = latestSinceNanos() + (now - demandEndNanos) + stepNanos;
      movedNanos = now;
    }
  }

  /** Demand begins after a pause of known length in which nothing came. */
  void demandGoesOn(long now, long pauseNanos) {
    sinceNanos = Math.min(now, latestSinceNanos() + pauseNanos);
    movedNanos = now;
  }

  void demandEnds(long now) {
    demandEndNanos = now;
  }

  /** Running time from which event silence counts, for a stream that is awaited. */
  long sinceNanos() {
    return sinceNanos;
  }

  /** The latest that this may stand for. */
  long latestSinceNanos() {
    return sinceNanos + clock.latestNanos(movedNanos) - movedNanos;
  }

  /** The same for a stream that would be awaited from now on. */
  long sinceNanosIfAwaited(long now) {
    return sinceNanos + (now - demandEndNanos);
  }

  /** The longest event silence that is over. */
  long longestSilenceNanos() {
    return longestSilenceNanos;
  }

  /** What they have said of the answer. */
  Answer answer() {
    return answer;
  }

  /** Whether the last event that was no heartbeat is the terminal one. */
  boolean isDone() {
    return answer.mark() != Mark.NONE;
  }

  /** How many events were no heartbeats. */
  long progress() {
    return progress;
  }

  long heartbeats() {
    return heartbeats;
  }

  /** The longest time between two heartbeats, 0 before there were two. */
  long heartbeatGapNanos() {
    return heartbeatGapNanos;
  }

  /** The last event's name, cleaned; empty if there was none. */
  String lastName() {
    return lastName.toString();
  }

  boolean lastIsHeartbeat() {
    return lastIsHeartbeat;
  }

  /** Running time of the last event; means nothing while there is none. */
  long lastNanos() {
    return lastNanos;
  }
}
