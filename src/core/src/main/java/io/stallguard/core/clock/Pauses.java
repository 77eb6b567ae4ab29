package io.stallguard.core.clock;

/**
 * The times for which this JVM stood still, by the values of a clock that left them out. One thread
 * adds, any thread may ask.
 */
public final class Pauses extends Stretches {
  // The number of a stretch is the sum of all before it, so a question costs one search. What was
  // stamped with the value at which the clock stood during a pause is taken to be before it: it may
  // be from after it, if a thread came faster than the tick.

  /**
   * How many pauses are kept apart. Pauses are rare: more than these within one silence make the
   * sum less exact, and no more.
   */
  private static final int MOST = 128;

  private volatile long totalNanos;

  /** Makes a memory for a clock that has left out nothing. */
  public Pauses() {
    this(MOST);
  }

  Pauses(int most) {
    super(most);
  }

  /** Notes that the JVM stood still while the clock had this value. */
  public void add(long at, long nanos) {
    long before = totalNanos;
    append(at, before);
    totalNanos = before + nanos;
  }

  /** For how long the JVM has stood still since the clock had this value. */
  public long sinceNanos(long stamp) {
    return ask(stamp, 0);
  }

  @Override
  long joined(long earlier, long later) {
    return earlier;
  }

  @Override
  long answer(long stamp) {
    int index = indexOf(stamp);
    int first = index >= 0 && stamp <= last(index) ? index : index + 1;
    return first < size() ? totalNanos - number(first) : 0;
  }

  @Override
  long unsure(long stamp) {
    return 0;
  }
}
