package io.stallguard.core.clock;

import java.util.function.LongSupplier;

/**
 * Checks another source of standstills: one that explains only a part of a gap is believed only if
 * the process was at rest in it. Watchdog only.
 */
final class Doubt implements Standstill {
  // Kernels that take threads off the cores at the end of a quota lose a part of their waits: up to
  // a second of a gap was seen to be neither run nor waited for, where the JVM was busy all the
  // time. What is stopped or suspended uses no processor. A collection does, but leaves nothing of
  // its gap to other reasons.

  /** The part of a gap, in tenths, from which on nothing else happened in it. */
  private static final int WHOLE_TENTHS = 9;

  private static final int TENTHS = 10;

  private final Standstill told;
  private final LongSupplier usedNanos;
  private final Runnable rest;
  private long notedUsedNanos;

  /**
   * Puts a source in doubt.
   *
   * @param usedNanos the processor time of the process, below zero if that is not known
   * @param rest is run when nobody will ask for a while
   */
  Doubt(Standstill told, LongSupplier usedNanos, Runnable rest) {
    this.told = told;
    this.usedNanos = usedNanos;
    this.rest = rest;
  }

  @Override
  public boolean note(long real) {
    notedUsedNanos = usedNanos.getAsLong();
    return told.note(real);
  }

  @Override
  public long inGapNanos(long real, long gapNanos) {
    long before = notedUsedNanos;
    long nanos = told.inGapNanos(real, gapNanos);
    notedUsedNanos = usedNanos.getAsLong();
    boolean whole = nanos >= gapNanos / TENTHS * WHOLE_TENTHS;
    boolean worked = before >= 0 && (notedUsedNanos - before) * TENTHS >= gapNanos;
    return nanos > 0 && worked && !whole ? 0 : nanos;
  }

  @Override
  public void rest() {
    told.rest();
    rest.run();
  }
}
