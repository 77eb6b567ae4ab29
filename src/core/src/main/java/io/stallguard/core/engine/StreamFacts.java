package io.stallguard.core.engine;

import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.words.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has been up to one moment: for records, reports and JMX, which never see the stream
 * itself. Immutable.
 */
public final class StreamFacts {
  private final long id;
  private final Exchange exchange;
  private final boolean subscription;
  private final String format;
  private final long ageNanos;
  private final long openedMillis;
  private final long bytes;
  private final long reads;
  private final long firstByteAgeNanos;
  private final long lastByteAgeNanos;
  private final long longestGapNanos;
  private final long firstGapNanos;
  private final long laterGapNanos;
  private final long longestEventGapNanos;
  private final long progressEvents;
  private final long heartbeats;
  private final String lastEventName;
  private final boolean lastEventIsHeartbeat;
  private final long lastEventAgeNanos;
  private final String lastProgressName;
  private final long lastProgressAgeNanos;
  private final @Nullable String error;

  private StreamFacts(Guard guard, Exchange exchange, long now) {
    RunningClock clock = guard.clock();
    Progress progress = guard.progress();
    this.id = guard.entry().id();
    this.exchange = exchange;
    this.subscription = !InForce.hasBeenReply(guard);
    this.format = guard.format().name();
    this.ageNanos = clock.wallAgeNanos(progress.openedAt(), now);
    this.openedMillis = progress.openedMillis();
    this.bytes = progress.bytes();
    this.reads = progress.chunks();
    this.firstByteAgeNanos = clock.wallAgeNanos(progress.firstByteAt(), now);
    this.lastByteAgeNanos = clock.wallAgeNanos(progress.lastByteAt(), now);
    this.longestGapNanos = progress.longestGapNanos();
    this.firstGapNanos = progress.firstGapNanos();
    this.laterGapNanos = progress.laterGapNanos();
    Events events = guard.events();
    this.longestEventGapNanos = events.longestSilenceNanos();
    this.progressEvents = events.progress();
    this.heartbeats = events.heartbeats();
    this.lastEventName = events.lastName();
    this.lastEventIsHeartbeat = events.lastIsHeartbeat();
    this.lastEventAgeNanos = clock.wallAgeNanos(events.lastAt(), now);
    this.lastProgressName = events.lastProgressName();
    this.lastProgressAgeNanos = clock.wallAgeNanos(events.lastProgressAt(), now);
    this.error = events.answer().error();
  }

  /**
   * Takes the facts from a stream. Who ends a silence or the stream, or the watchdog.
   *
   * @param now running time of the moment
   */
  static StreamFacts of(Guard guard, long now) {
    return new StreamFacts(guard, guard.exchange(), now);
  }

  /** Takes the facts for a verdict, with the address of the peer where that can be had. */
  static StreamFacts withPeer(Guard guard, long now) {
    return new StreamFacts(guard, exchangeWithPeer(guard), now);
  }

  private static Exchange exchangeWithPeer(Guard guard) {
    Exchange exchange = guard.exchange();
    try {
      return exchange.with(guard.abort().peer());
    } catch (RuntimeException | LinkageError e) {
      // A verdict does not fail for the sake of its report.
      return exchange;
    }
  }

  /** The stream's number in this JVM. */
  public long id() {
    return id;
  }

  public Exchange exchange() {
    return exchange;
  }

  /** Whether the stream, as far as it has come, has been a subscription all the time. */
  public boolean isSubscription() {
    return subscription;
  }

  /** How the body was watched. */
  public String format() {
    return format;
  }

  /** From the response head to the moment, in nanoseconds, by the clock on the wall. */
  public long ageNanos() {
    return ageNanos;
  }

  /** Wall-clock time of the response head, in milliseconds since the epoch. */
  public long openedMillis() {
    return openedMillis;
  }

  public long bytes() {
    return bytes;
  }

  public long reads() {
    return reads;
  }

  /** From the first byte to the moment. */
  public long firstByteAgeNanos() {
    return firstByteAgeNanos;
  }

  /** From the last byte to the moment. */
  public long lastByteAgeNanos() {
    return lastByteAgeNanos;
  }

  /** The longest silence under demand that has ended, in nanoseconds. */
  public long longestGapNanos() {
    return longestGapNanos;
  }

  /** The wait for the first byte, in nanoseconds. */
  public long firstGapNanos() {
    return firstGapNanos;
  }

  /** The longest silence under demand after the first byte, in nanoseconds. */
  public long laterGapNanos() {
    return laterGapNanos;
  }

  /** The longest silence of events under demand, in nanoseconds. */
  public long longestEventGapNanos() {
    return longestEventGapNanos;
  }

  public long progressEvents() {
    return progressEvents;
  }

  public long heartbeats() {
    return heartbeats;
  }

  /** Whether any event was told in the body. */
  public boolean hasEvents() {
    return progressEvents + heartbeats > 0;
  }

  /** The name of the last event, whatever it was. */
  public String lastEventName() {
    return lastEventName;
  }

  /** The last event's name, and that it is a heartbeat. */
  public String lastEvent() {
    return lastEventName + (lastEventIsHeartbeat ? " (heartbeat)" : "");
  }

  /** From the last event to the moment. */
  public long lastEventAgeNanos() {
    return lastEventAgeNanos;
  }

  /** Whether the last event that was no heartbeat is another one than the last event. */
  public boolean hasOtherProgress() {
    return lastEventIsHeartbeat && progressEvents > 0;
  }

  /** The name of the last event that was no heartbeat. */
  public String lastProgressEvent() {
    return lastProgressName;
  }

  /** From the last event that was no heartbeat to the moment. */
  public long lastProgressAgeNanos() {
    return lastProgressAgeNanos;
  }

  /** Type and code of the provider's error, null if it has told none. */
  @Nullable String error() {
    return error;
  }
}
