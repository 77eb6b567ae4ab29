package io.stallguard.core.clock;

/**
 * A source that knows for how long this JVM stood still: was stopped, collected garbage with all
 * threads at rest, or lay in a machine that was suspended. Watchdog only, as it is the thread whose
 * ticks came late.
 */
public interface Standstill {
  /** Stands for a length that is not known. */
  long NOT_KNOWN = -1;

  /** How often {@link #note} wants to be called, and no oftener. */
  long NOTE_NANOS = 250_000_000L;

  /** A source that knows nothing, so that all time counts. */
  static Standstill unknown() {
    return new Unknown();
  }

  /** The source that this platform has. */
  static Standstill ofPlatform() {
    UsedTime used = new UsedTime();
    return new FirstKnown(new Doubt(new CoreWaits(), used, used::rest), new ProcessTime(used));
  }

  /**
   * Notes that there is no gap now: what was used up to here is not used in the next one.
   *
   * @param real real time
   * @return false if a gap that comes now would not be known
   */
  boolean note(long real);

  /**
   * For how much of a gap between two ticks the JVM stood still, in nanoseconds; {@link #NOT_KNOWN}
   * if that cannot be told.
   *
   * @param real real time, which is the end of the gap
   */
  long inGapNanos(long real, long gapNanos);

  /** Rests: nobody will ask for a while, and not before the next note. */
  void rest();

  /** The source that knows nothing. */
  final class Unknown implements Standstill {
    private Unknown() {}

    @Override
    public boolean note(long real) {
      return false;
    }

    @Override
    public long inGapNanos(long real, long gapNanos) {
      return NOT_KNOWN;
    }

    @Override
    public void rest() {}
  }

  /** A source of two: asks the second where the first does not know. */
  final class FirstKnown implements Standstill {
    private final Standstill first;
    private final Standstill second;

    FirstKnown(Standstill first, Standstill second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public boolean note(long real) {
      return first.note(real) || second.note(real);
    }

    @Override
    public long inGapNanos(long real, long gapNanos) {
      long nanos = first.inGapNanos(real, gapNanos);
      return nanos == NOT_KNOWN ? second.inGapNanos(real, gapNanos) : nanos;
    }

    @Override
    public void rest() {
      first.rest();
      second.rest();
    }
  }
}
