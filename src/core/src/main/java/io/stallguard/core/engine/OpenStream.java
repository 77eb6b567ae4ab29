package io.stallguard.core.engine;

import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Texts;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An open stream as it stood when it was looked at. Immutable. */
public final class OpenStream {
  private final StreamFacts stream;
  private final boolean awaited;
  private final Silence silence;
  private final int foundWaiting;
  private final Limit limit;
  private final String waitingThread;

  /** Watchdog only. */
  public OpenStream(Guard guard, long now) {
    long word = guard.word();
    this.stream = StreamFacts.of(guard, now);
    this.awaited = GuardWord.isWaiting(word);
    long silent = Math.max(0, guard.silentNanos(word, now));
    this.silence = Silence.of(guard, now - silent, now);
    this.foundWaiting = guard.entry().foundWaiting;
    this.limit = InForce.ofBytes(guard);
    this.waitingThread = awaited ? nameOf(guard.waiter()) : "";
  }

  private static String nameOf(@Nullable Thread waiter) {
    return waiter == null ? "" : Texts.nameOf(waiter);
  }

  /** The stream's number in this JVM. */
  public long id() {
    return stream.id();
  }

  /** The name of the client that reads it. */
  public String client() {
    return stream.exchange().client();
  }

  /** Method and address of the request. */
  public String request() {
    return stream.exchange().toString();
  }

  /** Protocol and status of the response. */
  public String response() {
    return stream.exchange().outcome();
  }

  /** Whether somebody waits for its bytes. */
  public boolean isAwaited() {
    return awaited;
  }

  /** From the response head on, in milliseconds. */
  public long ageMillis() {
    return TimeUnit.NANOSECONDS.toMillis(stream.ageNanos());
  }

  /** How long the silence under demand has lasted, in milliseconds. */
  public long silentMillis() {
    return TimeUnit.NANOSECONDS.toMillis(silence.wallNanos());
  }

  /** For how much of that this JVM stood still, in milliseconds. */
  public long stoodStillMillis() {
    return TimeUnit.NANOSECONDS.toMillis(silence.stoodStillNanos());
  }

  /** The longest silence under demand that has ended, in milliseconds. */
  public long longestGapMillis() {
    return TimeUnit.NANOSECONDS.toMillis(stream.longestGapNanos());
  }

  /** Bytes that have come. */
  public long bytes() {
    return stream.bytes();
  }

  /** Events that have come and were no heartbeats. */
  public long events() {
    return stream.progressEvents();
  }

  /** Heartbeats that have come. */
  public long heartbeats() {
    return stream.heartbeats();
  }

  /** The name of the last event. */
  public String lastEvent() {
    return stream.lastEventName();
  }

  /** How often a look before a verdict found what nobody had fetched yet. */
  public int foundWaiting() {
    return foundWaiting;
  }

  /** The limit on its silence that is in force, with its source. */
  public String limit() {
    return limit.toString();
  }

  /** The name of the thread that waits, empty if none does. */
  public String waitingThread() {
    return waitingThread;
  }

  /** The stream in one line. */
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
