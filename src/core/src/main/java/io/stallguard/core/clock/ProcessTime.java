package io.stallguard.core.clock;

import java.util.function.LongSupplier;

/**
 * Tells a standstill of the JVM by the processor time of its process: one that has used none did
 * not run. For platforms that do not say how long a thread waited for a core. Watchdog only.
 */
final class ProcessTime implements Standstill {
  // A guess, as a process may want little, or get little. So it takes a gap of a second, and a
  // process that used under a tenth of a core in it; in doubt the time counts. What was used
  // between the last note and the begin of the gap is taken to be what was used before that note in
  // the same time. A collection uses much, and counts.

  /** The shortest gap of which a time that is counted in hundredths of a second tells anything. */
  private static final long SHORTEST_GAP_NANOS = 1_000_000_000L;

  /** The part of a core below which a process did not run. */
  private static final int CORE_PART = 10;

  private final LongSupplier usedNanos;
  private boolean noted;
  private long notedAt;
  private long notedUsedNanos;

  /** How many cores were used before the last note. */
  private double rate;

  /**
   * Makes a source of standstills from a source of processor time.
   *
   * @param usedNanos the processor time of the process, below zero if that is not known
   */
  ProcessTime(LongSupplier usedNanos) {
    this.usedNanos = usedNanos;
  }

  @Override
  public boolean note(long real) {
    long used = usedNanos.getAsLong();
    long since = real - notedAt;
    rate = noted && since > 0 ? Math.max(0, used - notedUsedNanos) / (double) since : 0;
    noted = used >= 0;
    notedAt = real;
    notedUsedNanos = used;
    return noted;
  }

  @Override
  public long inGapNanos(long real, long gapNanos) {
    boolean known = noted;
    double beforeGap = rate * Math.max(0, real - notedAt - gapNanos);
    long before = notedUsedNanos;
    if (!note(real) || !known) {
      return NOT_KNOWN;
    }
    double inGap = notedUsedNanos - before - beforeGap;
    return gapNanos >= SHORTEST_GAP_NANOS && inGap * CORE_PART < gapNanos ? gapNanos : 0;
  }

  @Override
  public void rest() {
    noted = false;
  }
}
