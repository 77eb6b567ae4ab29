package io.stallguard.core;

import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Texts;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One open stream as it stood when it was looked at. Immutable. */
final class OpenStreamFacts implements StallGuardMXBean.OpenStream {
  private final StreamFacts stream;
  private final boolean awaited;
  private final Silence silence;
  private final int foundWaiting;
  private final Limit limit;
  private final String waitingThread;

  /** Watchdog only. */
  OpenStreamFacts(Guard guard, long nowNanos) {
    long word = guard.word();
    this.stream = StreamFacts.of(guard, nowNanos);
    this.awaited = GuardWord.isWaiting(word);
    long silent = Math.max(0, guard.silentNanos(word, nowNanos));
    this.silence = Silence.of(guard, nowNanos - silent, nowNanos);
    this.foundWaiting = guard.entry().foundWaiting;
    this.limit = InForce.ofBytes(guard);
    this.waitingThread = awaited ? nameOf(guard.waiter()) : "";
  }

  private static String nameOf(@Nullable Thread waiter) {
    return waiter == null ? "" : Texts.clean(waiter.getName(), 100);
  }

  @Override
  public long getId() {
    return stream.id();
  }

  @Override
  public String getClient() {
    return stream.exchange().client();
  }

  @Override
  public String getRequest() {
    return stream.exchange().toString();
  }

  @Override
  public String getResponse() {
    return stream.exchange().outcome();
  }

  @Override
  public boolean isAwaited() {
    return awaited;
  }

  @Override
  public long getAgeMillis() {
    return TimeUnit.NANOSECONDS.toMillis(stream.ageNanos());
  }

  @Override
  public long getSilentMillis() {
    return TimeUnit.NANOSECONDS.toMillis(silence.wallNanos());
  }

  @Override
  public long getStoodStillMillis() {
    return TimeUnit.NANOSECONDS.toMillis(silence.stoodStillNanos());
  }

  @Override
  public long getLongestGapMillis() {
    return TimeUnit.NANOSECONDS.toMillis(stream.longestGapNanos());
  }

  @Override
  public long getBytes() {
    return stream.bytes();
  }

  @Override
  public long getEvents() {
    return stream.progressEvents();
  }

  @Override
  public long getHeartbeats() {
    return stream.heartbeats();
  }

  @Override
  public String getLastEvent() {
    return stream.lastEventName();
  }

  @Override
  public int getFoundWaiting() {
    return foundWaiting;
  }

  @Override
  public String getLimit() {
    return limit.toString();
  }

  @Override
  public String getWaitingThread() {
    return waitingThread;
  }

  /** One line. */
  @Override
  public String toString() {
    return "stream "
        + stream.id()
        + ": "
        + stream.exchange()
        + ", "
        + stream.exchange().outcome()
        + ", "
        + stream.exchange().client()
        + ", "
        + (awaited ? "silent for " + silence : "not awaited")
        + ", open for "
        + Durations.text(stream.ageNanos())
        + ", "
        + stream.bytes()
        + " bytes, "
        + stream.progressEvents()
        + " events, "
        + stream.heartbeats()
        + " heartbeats, "
        + limit;
  }
}
