package io.stallguard.core.jfr;

import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Phase;
import org.jspecify.annotations.Nullable;

/** The agent's events in JFR: streams, stalls and gaps. Any thread. */
public final class FlightEvents {
  // Nothing is made of an event that nobody records. A stream is told when it is over, in one
  // event: so it has its times as fields, and JFR's own start time is that of its end.

  private static final String PREFIX = "io.stallguard.";

  private final FlightEventType stream;
  private final FlightEventType stall;
  private final FlightEventType gap;

  public FlightEvents() throws ReflectiveOperationException {
    stream =
        exchange(new FlightEventType.Builder(PREFIX + "Stream", "Stream", "A stream that is over"))
            .text("ending", "How It Ended")
            .time("opened", "Response Head")
            .length("age", "Since the Response Head")
            .length("firstByte", "Wait for the First Byte")
            .length("longestGap", "Longest Gap after It")
            .length("longestEventGap", "Longest Event Silence")
            .bytes("bytes", "Bytes")
            .number("reads", "Reads")
            .number("events", "Events")
            .number("heartbeats", "Heartbeats")
            .text("lastEvent", "Last Event")
            .build();
    stall =
        exchange(new FlightEventType.Builder(PREFIX + "Stall", "Stall", "A limit was exceeded"))
            .text("phase", "Phase")
            .text("limit", "Limit")
            .length("limitLength", "Length of the Limit")
            .text("limitSource", "Source of the Limit")
            .length("silence", "Silence")
            .length("stoodStill", "Of It, the JVM Stood Still")
            .text("action", "What Was Done")
            .length("release", "From the Decision to the Release")
            .text("delivered", "Delivered")
            .text("waitingThread", "Waiting Thread")
            .text("message", "Message")
            .build();
    gap =
        exchange(new FlightEventType.Builder(PREFIX + "Gap", "Gap", "A silence that ended"))
            .text("phase", "Phase")
            .length("length", "Length")
            .length("stoodStill", "Of It, the JVM Stood Still")
            .build();
  }

  private static FlightEventType.Builder exchange(FlightEventType.Builder type)
      throws ReflectiveOperationException {
    return type.number("id", "Id")
        .text("client", "Client")
        .text("method", "Method")
        .text("scheme", "Scheme")
        .text("host", "Host")
        .number("port", "Port")
        .text("path", "Path")
        .text("response", "Response")
        .text("remoteAddress", "Remote Address");
  }

  private static @Nullable Object[] values(StreamFacts stream, @Nullable Object... more) {
    Exchange exchange = stream.exchange();
    @Nullable Object[] first = {
      stream.id(),
      exchange.client(),
      exchange.method(),
      exchange.scheme(),
      exchange.host(),
      (long) exchange.port(),
      exchange.path(),
      exchange.outcome(),
      exchange.remoteAddress()
    };
    @Nullable Object[] all = new Object[first.length + more.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  /** Writes that a stream is over. Watchdog only. */
  public void stream(StreamFacts facts, String ending) throws ReflectiveOperationException {
    if (!stream.isEnabled()) {
      return;
    }
    stream.commit(
        values(
            facts,
            ending,
            facts.openedMillis(),
            facts.ageNanos(),
            facts.firstGapNanos(),
            facts.laterGapNanos(),
            facts.longestEventGapNanos(),
            facts.bytes(),
            facts.reads(),
            facts.progressEvents(),
            facts.heartbeats(),
            facts.lastEventName()));
  }

  /**
   * Writes what became of a stall.
   *
   * @param releaseNanos from the decision to the release of who waited, 0 if there was none
   */
  public void stall(Stall facts, String action, long releaseNanos)
      throws ReflectiveOperationException {
    if (!stall.isEnabled()) {
      return;
    }
    Limit limit = facts.limit();
    stall.commit(
        values(
            facts.stream(),
            facts.phase().toString(),
            limit.name(),
            limit.isOff() ? 0 : limit.nanos(),
            limit.source(),
            facts.silence().wallNanos(),
            facts.silence().stoodStillNanos(),
            action,
            releaseNanos,
            facts.delivered(),
            facts.waiterName(),
            facts.message()));
  }

  /** Writes that a gap is over. Watchdog only. */
  public void gap(StreamFacts facts, Silence silence, Phase phase)
      throws ReflectiveOperationException {
    if (gap.isEnabled()) {
      gap.commit(values(facts, phase.toString(), silence.wallNanos(), silence.stoodStillNanos()));
    }
  }
}
