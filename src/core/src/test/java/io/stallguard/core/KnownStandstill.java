package io.stallguard.core;

import io.stallguard.core.clock.Standstill;

/** A standstill of which a test says how long it was. */
public final class KnownStandstill implements Standstill {
  /** In the gaps that come. */
  public long nanos;

  public int notes;
  public int rests;

  @Override
  public boolean note(long real) {
    notes++;
    return true;
  }

  @Override
  public long inGapNanos(long real, long gapNanos) {
    return nanos;
  }

  @Override
  public void rest() {
    rests++;
  }
}
