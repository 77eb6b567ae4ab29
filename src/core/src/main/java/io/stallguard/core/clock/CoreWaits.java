package io.stallguard.core.clock;

/**
 * Tells a standstill of the JVM by what the kernel counts for the thread that asks: for how long
 * that has run, and for how long it would have run but waited for a core. Watchdog only; Linux
 * only.
 */
final class CoreWaits implements Standstill {
  // A thread that is late because cores are busy, or because the quota of its container is used up,
  // waits in a queue for one, and the kernel counts that time. A thread that is late because its
  // process was stopped, because the JVM holds all threads for a collection, or because the machine
  // itself stood still, waits in none. So what neither its sleep nor its work nor that queue
  // explains is a standstill, and exactly that much. A note may be a little older than the begin of
  // a gap; what was waited meanwhile counts as if it was in the gap, which errs towards time that
  // counts.
  //
  // To read costs a microsecond, whatever the number of threads. The processor time of the process
  // would be another way: it takes 55 microseconds with 2,000 threads, is low where others have the
  // cores or the quota is small, and high in a collection.

  /** The file of the kernel's on the thread that opens it. */
  private static final String FILE = "/proc/thread-self/schedstat";

  private final ProcFile file;
  private boolean noted;
  private long usedNanos;

  CoreWaits() {
    this(FILE);
  }

  CoreWaits(String path) {
    this.file = new ProcFile(path);
  }

  @Override
  public boolean note(long real) {
    noted = read();
    return noted;
  }

  /**
   * Reads what the kernel counts. A kernel that does not count says 0; this thread has run, so 0 is
   * never true.
   */
  private boolean read() {
    if (!file.read()) {
      return false;
    }
    long ranNanos = file.next();
    usedNanos = ranNanos + file.next();
    return ranNanos > 0;
  }

  @Override
  public long inGapNanos(long real, long gapNanos) {
    long before = usedNanos;
    boolean known = noted;
    if (!note(real) || !known || usedNanos < before) {
      return NOT_KNOWN;
    }
    return Math.max(0, gapNanos - (usedNanos - before));
  }

  @Override
  public void rest() {
    noted = false;
    file.close();
  }
}
