package io.stallguard.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops the aborts when so many of all streams stall that it is no matter of single streams: an
 * outage of the provider must not become one by the agent.
 */
final class Breaker {
  // Counts are compared with those of a sample that is a window old. Samples are taken on ticks; in
  // the time without ticks there is no stream, so the last one holds. All but the state belongs to
  // the watchdog.

  static final int WHOLE = 100;

  private static final int SHARE = 50;
  private static final int STREAMS = 20;
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(30);

  /** The window is kept to a tenth. */
  private static final int SAMPLES = 10;

  private final Counters counters;
  private final LongSupplier nanoTime;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile Choices choices;
  private volatile @Nullable String reason;
  private @Nullable Engine engine;
  private long aborts;
  private long openedNanos;

  /** Silences that began before say nothing new: they are the outage that is over. */
  private long closedNanos = Long.MIN_VALUE;

  Breaker(Choices choices, Counters counters, LongSupplier nanoTime) {
    this.choices = choices;
    this.counters = counters;
    this.nanoTime = nanoTime;
  }

  /** Goes by other settings. Any thread. */
  void adopt(Choices renewed) {
    choices = renewed;
  }

  /** Whether nothing is to be aborted. Any thread. */
  boolean isOpen() {
    return reason != null;
  }

  /** Why, null if it is not open. Any thread. */
  @Nullable String reason() {
    return reason;
  }

  /** Streams that are open are judged anew when it closes. Before anything is watched. */
  void watch(Engine asked) {
    engine = asked;
  }

  /** A tick; returns what to tell if the pause is over and aborts go on, else null. */
  @Nullable String tick() {
    long now = nanoTime.getAsLong();
    if (isOpen()) {
      long pause = nanos(Setting.BREAKER_PAUSE, PAUSE_NANOS);
      return pause < Limit.OFF_NANOS && now - openedNanos > pause
          ? close("the pause is over")
          : null;
    }
    Sample last = samples.peekLast();
    if (last == null || now - last.nanos >= windowNanos() / SAMPLES) {
      samples.addLast(new Sample(now, counters.guarded(), watched(), aborts));
    }
    return null;
  }

  private int watched() {
    return engine == null ? 0 : engine.watchdog().watched();
  }

  /** Lets aborts go on. Watchdog only. */
  String close(String why) {
    reason = null;
    closedNanos = nanoTime.getAsLong();
    samples.clear();
    Engine asked = engine;
    if (asked != null) {
      asked.judgeAnew();
    }
    return "breaker closed, " + why + ": stalled streams are aborted again";
  }

  /**
   * A stream was aborted.
   *
   * @param silentNanos for how long it had been silent
   * @return what to tell if it was one too many, else null
   */
  @Nullable String aborted(long silentNanos) {
    if (closedNanos != Long.MIN_VALUE && nanoTime.getAsLong() - silentNanos < closedNanos) {
      return null;
    }
    aborts++;
    Sample base = base();
    if (base == null || isOpen()) {
      return null;
    }
    long streams = counters.guarded() - base.guarded + base.watched;
    long stalls = aborts - base.aborts;
    int share = choices.value(Setting.BREAKER_SHARE, SHARE);
    if (share >= WHOLE
        || streams < choices.value(Setting.BREAKER_STREAMS, STREAMS)
        || stalls * WHOLE <= streams * share) {
      return null;
    }
    openedNanos = nanoTime.getAsLong();
    String told =
        stalls
            + " of "
            + streams
            + " streams were aborted within "
            + Durations.text(windowNanos())
            + ", more than "
            + share
            + "%";
    reason = told;
    return "BREAKER OPEN: "
        + told
        + ". This is an outage, not single streams: stalls are only"
        + " reported (as in mode=observe) "
        + until();
  }

  private String until() {
    long pause = nanos(Setting.BREAKER_PAUSE, PAUSE_NANOS);
    return pause < Limit.OFF_NANOS
        ? "for " + Durations.text(pause) + ", or until told by JMX"
        : "until told by JMX";
  }

  /** The newest sample that is a window old, or the oldest there is. */
  private @Nullable Sample base() {
    long now = nanoTime.getAsLong();
    Sample base = samples.peekFirst();
    while (base != null && samples.size() > 1 && now - base.nanos > windowNanos()) {
      samples.removeFirst();
      base = samples.peekFirst();
    }
    return base;
  }

  private long windowNanos() {
    return nanos(Setting.BREAKER_WINDOW, WINDOW_NANOS);
  }

  private long nanos(Setting setting, long otherwise) {
    return choices.value(setting, otherwise);
  }

  /** The counts at a time. */
  private static final class Sample {
    private final long nanos;
    private final long guarded;
    private final long watched;
    private final long aborts;

    Sample(long nanos, long guarded, long watched, long aborts) {
      this.nanos = nanos;
      this.guarded = guarded;
      this.watched = watched;
      this.aborts = aborts;
    }
  }
}
