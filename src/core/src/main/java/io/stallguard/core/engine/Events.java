package io.stallguard.core.engine;

import io.stallguard.core.body.Answer;
import io.stallguard.core.body.EventKind;
import io.stallguard.core.body.EventTally;
import io.stallguard.core.body.Heartbeats;
import io.stallguard.core.body.Mark;
import io.stallguard.core.body.ShownName;
import io.stallguard.core.clock.RunningClock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream: how many, the last one, whether the terminal one has come, and since
 * when there is event silence.
 *
 * <p>Written by the thread that delivers the bytes, and by the reader when its demand begins and
 * ends, before they move the guard's state; read by the watchdog after it has read that state.
 */
final class Events implements EventTally {
  // Event silence counts only time under demand: each of the two stamps is the time at which it
  // would have begun had demand never ceased (see DemandStamp). One counts from the last event that
  // was no heartbeat. The other one counts from the last bytes of an event that has not ended: they
  // are an arrival, unless the event proves a heartbeat, and then the first one holds again.

  private static final long NEVER = -1;

  /** The most time from a mark to its trailer: what comes later was worked for meanwhile. */
  private static final long GOES_ON_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final RunningClock clock;
  private final Answer answer = new Answer();
  private Heartbeats cadence = Heartbeats.NONE;
  private boolean lastIsHeartbeat;
  private ShownName lastProgressName = ShownName.NONE;
  private long lastProgressAt;
  private long progress;
  private long silences;

  private final DemandStamp since;

  /**
   * The stamp of a silence that counts from the last such bytes; null before any bytes have ended
   * within an event.
   */
  private @Nullable DemandStamp flowingSince;

  private boolean flowing;

  /** Whether what has come behind the last event may be a piece of an answer, or is not known. */
  private boolean begun = true;

  private long demandEndAt;
  private long longestSilenceNanos;
  private long longestWhileFlowingNanos;

  /** When the last mark came, if no content has come after it yet. */
  private long markedAt = NEVER;

  private boolean goesOn;

  private long now;
  private boolean awaited;

  Events(long openedAt, RunningClock clock) {
    this.clock = clock;
    this.since = new DemandStamp(openedAt);
    this.demandEndAt = openedAt;
  }

  /**
   * Notes when the bytes came that are looked at from now on.
   *
   * @param exactly whether somebody waited for them, so that they did not lie in a buffer before
   */
  void at(long arrivedAt, boolean exactly) {
    now = arrivedAt;
    awaited = exactly;
  }

  @Override
  public void happened(EventKind kind, ShownName name) {
    if (kind == EventKind.HEARTBEAT) {
      cadence = cadence.came(now, name);
      flowing = false;
      longestWhileFlowingNanos = 0;
    } else {
      noteMark(kind);
      progress++;
      silenceBegins();
      if (lastProgressName != name) {
        lastProgressName = name;
      }
      lastProgressAt = now;
    }
    answer.happened(kind);
    lastIsHeartbeat = kind == EventKind.HEARTBEAT;
  }

  /** Notes when a mark was made, by an end or an error, before this event takes it back. */
  private void noteMark(EventKind kind) {
    if (answer.mark() != Mark.NONE) {
      markedAt = lastProgressAt;
    }
    if (kind == EventKind.CONTENT && markedAt != NEVER) {
      goesOn |= now - markedAt > GOES_ON_NANOS;
      markedAt = NEVER;
    }
  }

  /** Whether events come slowly: a provider that works on an answer sends more often. */
  @Override
  public boolean isSlow() {
    return now - lastProgressAt > SLOW_NANOS;
  }

  /** Whether content came later behind a mark than a trailer does; told once for each time. */
  boolean takeGoesOn() {
    boolean news = goesOn;
    goesOn = false;
    return news;
  }

  @Override
  public void bytesOfNoFormat() {
    answer.bytesOfNoFormat();
    begun = true;
    silenceBegins();
  }

  /** Notes that the bytes that were looked at last end within an event. */
  void flow() {
    longestWhileFlowingNanos = Math.max(longestWhileFlowingNanos, silenceNanos());
    if (flowingSince == null) {
      flowingSince = new DemandStamp(now);
    } else {
      flowingSince.begins(now);
    }
    flowing = true;
  }

  /**
   * Notes that the bytes that were looked at last end behind an event, or within another.
   *
   * @param mayBePiece whether that may be a piece of an answer
   */
  void begun(boolean mayBePiece) {
    begun = mayBePiece;
  }

  /** Whether what has come behind the last event may be a piece of an answer. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * Begins the silence anew. What came while nobody wanted it makes the time without demand begin
   * anew as well.
   */
  private void silenceBegins() {
    silenceEnds();
    silences++;
    flowing = false;
    longestWhileFlowingNanos = 0;
    since.begins(now);
    demandEndAt = now;
  }

  private void silenceEnds() {
    long longest = Math.max(longestWhileFlowingNanos, silenceNanos());
    longestSilenceNanos = Math.max(longestSilenceNanos, longest);
  }

  /** The length of the silence under demand that an arrival ends now. */
  private long silenceNanos() {
    return (awaited ? now : demandEndAt) - since();
  }

  /**
   * Notes the end of the body, which ends the silence as well; after the terminal event there is
   * none.
   */
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
    if (now != demandEndAt) {
      demandGoesOn(now, now - demandEndAt + stepNanos, stepNanos);
    }
  }

  /** Demand begins after a pause of known length in which nothing came. */
  void demandGoesOn(long now, long pauseNanos) {
    demandGoesOn(now, pauseNanos, 0);
  }

  private void demandGoesOn(long now, long pauseNanos, long stepNanos) {
    since.movesOn(clock, pauseNanos, now, stepNanos);
    if (flowingSince != null) {
      flowingSince.movesOn(clock, pauseNanos, now, stepNanos);
    }
  }

  void demandEnds(long now) {
    demandEndAt = now;
  }

  /** Running time from which event silence counts, for a stream that is awaited. */
  long since() {
    return silence().nanos();
  }

  private DemandStamp silence() {
    return flowing && flowingSince != null ? flowingSince : since;
  }

  /** The latest time that {@link #since} may stand for, once a late tick is added to it. */
  long latestSince() {
    return silence().latestAt(clock);
  }

  /** The time of {@link #latestSince}, if the event that flows, if any does, proves a heartbeat. */
  long latestSinceIfHeartbeat() {
    return since.latestAt(clock);
  }

  /**
   * Running time from which event silence would count, at the soonest, for a stream that is awaited
   * from now on.
   */
  long sinceIfAwaited(long now) {
    return since.nanos() + (now - demandEndAt);
  }

  /** How many silences have ended, each by progress: the number tells one silence from another. */
  long silences() {
    return silences;
  }

  /** The longest event silence that is over. */
  long longestSilenceNanos() {
    return longestSilenceNanos;
  }

  @Override
  public Answer answer() {
    return answer;
  }

  /** Whether the last event that was no heartbeat is the terminal one. */
  boolean isDone() {
    return answer.isEnded();
  }

  @Override
  public long progress() {
    return progress;
  }

  long heartbeats() {
    return cadence.count();
  }

  /** How the heartbeats come. */
  Heartbeats cadence() {
    return cadence;
  }

  /** The last event's name, cleaned; empty if there was none. */
  String lastName() {
    return (lastIsHeartbeat ? cadence.lastName() : lastProgressName).toString();
  }

  boolean lastIsHeartbeat() {
    return lastIsHeartbeat;
  }

  /** Running time of the last event; means nothing while there is none. */
  long lastAt() {
    return lastIsHeartbeat ? cadence.lastAt() : lastProgressAt;
  }

  /** The name of the last event that was no heartbeat, cleaned; empty if there was none. */
  String lastProgressName() {
    return lastProgressName.toString();
  }

  /** Running time of that event; means nothing while there is none. */
  long lastProgressAt() {
    return lastProgressAt;
  }
}
