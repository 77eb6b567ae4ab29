package io.stallguard.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * What has come of one stream so far.
 *
 * <p>Written by the thread that delivers the bytes, before it moves the guard's state; read by the
 * watchdog after it has read that state.
 */
final class Progress {
  /** The lane of the stream; null if its connection is its own, or not known. */
  private final @Nullable Lane lane;

  private final long openedAt;
  private final long openedMillis = System.currentTimeMillis();
  private long bytes;

  /** How many pieces have come, unsigned: a stream that is read by the byte has many. */
  private int chunks;

  private long firstByteAt;
  private long lastByteAt;
  private long firstGapNanos;
  private long laterGapNanos;
  private boolean collected;

  /**
   * Begins with nothing.
   *
   * @param hasHead whether the stream's head has come; who waits for one knows nothing of the
   *     connection
   */
  Progress(long openedAt, @Nullable Lane lane, boolean hasHead) {
    this.openedAt = openedAt;
    this.lane = lane;
    if (lane != null && hasHead) {
      lane.lived(openedAt);
    }
  }

  void add(long count, long now) {
    if (bytes == 0) {
      firstByteAt = now;
    }
    bytes += count;
    chunks++;
    lastByteAt = now;
    if (lane != null) {
      lane.lived(now);
    }
  }

  /**
   * Notes a silence under demand that is over.
   *
   * @param first whether it was the one before the first byte
   */
  void gap(long nanos, boolean first) {
    if (first) {
      firstGapNanos = Math.max(firstGapNanos, nanos);
    } else {
      laterGapNanos = Math.max(laterGapNanos, nanos);
    }
  }

  /** Whether a silence of this length says more than those that are over have said. */
  boolean mayGrow(long nanos) {
    return chunks <= 1 || nanos > laterGapNanos;
  }

  /**
   * Whether a gap that is over now is the one before the first byte.
   *
   * @param byBytes whether bytes, which are counted already, have ended it
   */
  boolean isFirstGap(boolean byBytes) {
    return chunks == 0 || (byBytes && chunks == 1);
  }

  /** The longest silence under demand that is over. */
  long longestGapNanos() {
    return Math.max(firstGapNanos, laterGapNanos);
  }

  /** How long somebody waited for the first byte. */
  long firstGapNanos() {
    return firstGapNanos;
  }

  /** The longest silence under demand after the first byte. */
  long laterGapNanos() {
    return laterGapNanos;
  }

  /** Notes that the client keeps all that comes until the end. */
  void collected() {
    collected = true;
  }

  /** Whether the app sees nothing of the body before its end. */
  boolean isCollected() {
    return collected;
  }

  /** Running time at which the head came. */
  long openedAt() {
    return openedAt;
  }

  /** Wall-clock time at which the head came, in milliseconds since the epoch. */
  long openedMillis() {
    return openedMillis;
  }

  long bytes() {
    return bytes;
  }

  long chunks() {
    return Integer.toUnsignedLong(chunks);
  }

  /** Running time of the first byte; means nothing while there is none. */
  long firstByteAt() {
    return firstByteAt;
  }

  /** Running time of the last byte; means nothing while there is none. */
  long lastByteAt() {
    return lastByteAt;
  }
}
