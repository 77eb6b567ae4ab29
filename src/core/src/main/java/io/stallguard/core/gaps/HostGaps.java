package io.stallguard.core.gaps;

import io.stallguard.core.engine.StreamFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleToLongFunction;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;

/** The gaps of one host's streams of one kind. Watchdog only. */
public final class HostGaps {
  /** Digits for a precision of 1 %: more would tell nothing for a limit. */
  private static final int DIGITS = 2;

  private static final double[] PERCENTILES = {50, 99, 99.9};
  private static final String[] PERCENTILE_NAMES = {"p50", "p99", "p99.9"};

  private final String host;
  private final boolean subscription;
  private final Map<String, Long> stalled = new TreeMap<>();
  private final IntCountsHistogram firstBytes = new IntCountsHistogram(DIGITS);

  /** The gaps that are long enough to be told from nothing: the others are counted as reads. */
  private final IntCountsHistogram longGaps = new IntCountsHistogram(DIGITS);

  private final IntCountsHistogram longestGaps = new IntCountsHistogram(DIGITS);
  private final IntCountsHistogram longestSilences = new IntCountsHistogram(DIGITS);
  private long streams;
  private long reads;
  private long givenUp;

  HostGaps(String host, boolean subscription) {
    this.host = host;
    this.subscription = subscription;
  }

  String host() {
    return host;
  }

  boolean isSubscription() {
    return subscription;
  }

  void gap(long nanos) {
    record(longGaps, nanos);
  }

  void over(StreamFacts stream, boolean wasGivenUp) {
    reads += stream.reads();
    if (wasGivenUp) {
      givenUp++;
      return;
    }
    streams++;
    if (stream.bytes() > 0) {
      record(firstBytes, stream.firstGapNanos());
    }
    record(longestGaps, stream.laterGapNanos());
    record(longestSilences, stream.longestEventGapNanos());
  }

  void stalled(String limit) {
    Long before = stalled.get(limit);
    stalled.put(limit, before == null ? 1 : before + 1);
  }

  /** Records a length, cut at days: they are as good as for ever, and the histogram stays small. */
  private static void record(IntCountsHistogram histogram, long nanos) {
    long most = TimeUnit.DAYS.toMillis(1);
    histogram.recordValue(Math.min(most, TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos))));
  }

  /** Streams that ended by themselves, were ended after their terminal event or closed. */
  long streams() {
    return streams;
  }

  /** Whether any stream has ended or stalled. */
  boolean isAnyOver() {
    return streams + givenUp > 0 || !stalled.isEmpty();
  }

  /**
   * Streams that ended too early, or failed or were closed while somebody had been waiting for at
   * least 1 s.
   */
  long givenUp() {
    return givenUp;
  }

  /** Stalls by the limit that was exceeded. */
  Map<String, Long> stalled() {
    return stalled;
  }

  /** The wait for the first byte, of each stream. */
  AbstractHistogram firstBytes() {
    return firstBytes;
  }

  /** The longest gap after the first byte, of each stream. */
  AbstractHistogram longestGaps() {
    return longestGaps;
  }

  /** The longest event silence of each stream. */
  AbstractHistogram longestSilences() {
    return longestSilences;
  }

  /**
   * A percentile of all gaps after the first byte, in milliseconds; 0 for what is too short to be
   * told.
   */
  long gapMillis(double percentile) {
    long counted = longGaps.getTotalCount();
    long all = Math.max(reads - streams, counted);
    long atOrBelow = (long) Math.ceil(all * percentile / 100);
    long rank = atOrBelow - (all - counted);
    return rank <= 0 ? 0 : longGaps.getValueAtPercentile(100.0 * rank / counted);
  }

  private static Map<String, Long> values(AbstractHistogram histogram) {
    return values(histogram::getValueAtPercentile, histogram.getMaxValue());
  }

  private static Map<String, Long> values(DoubleToLongFunction atPercentile, long max) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < PERCENTILES.length; i++) {
      values.put(PERCENTILE_NAMES[i], atPercentile.applyAsLong(PERCENTILES[i]));
    }
    values.put("max", max);
    return values;
  }

  /** A copy of all that is known now, for any thread. */
  Facts facts() {
    return new Facts(this);
  }

  /** A copy of what is known of one host at one time. Immutable. */
  public static final class Facts {
    private final String host;
    private final String kind;
    private final long streams;
    private final long givenUp;
    private final Map<String, Long> stalled;
    private final Map<String, Long> firstByte;
    private final Map<String, Long> gap;
    private final Map<String, Long> longestGap;
    private final Map<String, Long> longestEventGap;

    Facts(HostGaps gaps) {
      this.host = gaps.host;
      this.kind = kind(gaps.subscription);
      this.streams = gaps.streams;
      this.givenUp = gaps.givenUp;
      this.stalled = new TreeMap<>(gaps.stalled);
      this.firstByte = values(gaps.firstBytes);
      this.gap = values(gaps::gapMillis, gaps.longGaps.getMaxValue());
      this.longestGap = values(gaps.longestGaps);
      this.longestEventGap = values(gaps.longestSilences);
    }

    static String kind(boolean subscription) {
      return subscription ? "subscriptions" : "replies";
    }

    public String host() {
      return host;
    }

    public String kind() {
      return kind;
    }

    public long streams() {
      return streams;
    }

    public long givenUp() {
      return givenUp;
    }

    public Map<String, Long> stalled() {
      return stalled;
    }

    public Map<String, Long> firstByteMillis() {
      return firstByte;
    }

    public Map<String, Long> gapMillis() {
      return gap;
    }

    public Map<String, Long> longestGapMillis() {
      return longestGap;
    }

    public Map<String, Long> longestEventGapMillis() {
      return longestEventGap;
    }

    /** The host's gaps in one line, for people. */
    @Override
    public String toString() {
      return host
          + ", "
          + kind
          + ": "
          + streams
          + " ended, "
          + givenUp
          + " given up, stalled "
          + stalled
          + "; in ms: first byte "
          + firstByte
          + ", gap "
          + gap
          + ", longest gap "
          + longestGap
          + ", longest event gap "
          + longestEventGap;
    }
  }
}
