package io.stallguard.core;

import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Texts;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An open stream as it stood when it was looked at. Immutable. */
final class OpenStreamFacts implements StallGuardMXBean.OpenStream {
  private final long id;
  private final Exchange exchange;
  private final boolean awaited;
  private final long ageNanos;
  private final Silence silence;
  private final long longestGapNanos;
  private final long bytes;
  private final long events;
  private final long heartbeats;
  private final String lastEvent;
  private final int foundWaiting;
  private final Limit limit;
  private final String waitingThread;

  /** Takes the facts. Watchdog only. */
  OpenStreamFacts(Guard guard, long nowNanos) {
    long word = guard.word();
    Progress progress = guard.progress();
    Events told = guard.events();
    this.id = guard.entry().id();
    this.exchange = guard.exchange();
    this.awaited = GuardWord.isWaiting(word);
    this.ageNanos = Silence.of(guard, progress.openedNanos(), nowNanos).wallNanos();
    long silent = Math.max(0, guard.silentNanos(word, nowNanos));
    this.silence = Silence.of(guard, nowNanos - silent, nowNanos);
    this.longestGapNanos = progress.longestGapNanos();
    this.bytes = progress.bytes();
    this.events = told.progress();
    this.heartbeats = told.heartbeats();
    this.lastEvent = told.lastName();
    this.foundWaiting = guard.entry().foundWaiting;
    this.limit = InForce.ofBytes(guard);
    this.waitingThread = awaited ? nameOf(guard.waiter()) : "";
  }

  private static String nameOf(@Nullable Thread waiter) {
    return waiter == null ? "" : Texts.clean(waiter.getName(), 100);
  }

  @Override
  public long getId() {
    return id;
  }

  @Override
  public String getClient() {
    return exchange.client();
  }

  @Override
  public String getRequest() {
    return exchange.toString();
  }

  @Override
  public String getResponse() {
    return exchange.outcome();
  }

  @Override
  public boolean isAwaited() {
    return awaited;
  }

  @Override
  public long getAgeMillis() {
    return TimeUnit.NANOSECONDS.toMillis(ageNanos);
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
    return TimeUnit.NANOSECONDS.toMillis(longestGapNanos);
  }

  @Override
  public long getBytes() {
    return bytes;
  }

  @Override
  public long getEvents() {
    return events;
  }

  @Override
  public long getHeartbeats() {
    return heartbeats;
  }

  @Override
  public String getLastEvent() {
    return lastEvent;
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

  /** The stream in one line, for people. */
  @Override
  public String toString() {
    return "stream "
        + id
        + ": "
        + exchange
        + ", "
        + exchange.outcome()
        + ", "
        + exchange.client()
        + ", "
        + (awaited ? "silent for " + silence : "not awaited")
        + ", open for "
        + Durations.text(ageNanos)
        + ", "
        + bytes
        + " bytes, "
        + events
        + " events, "
        + heartbeats
        + " heartbeats, "
        + limit;
  }
}
