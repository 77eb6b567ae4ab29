package io.stallguard.core.engine;

/** One look at a wire: what it has found. Any thread; the first answer counts. */
public final class Look {
  // An answer that comes late does no harm: the verdict that it was for has been asked again, or is
  // moot, and nobody looks at this one any more.

  private static final int OPEN = 0;
  private static final int NOTHING = 1;
  private static final int WAITS = 2;

  private volatile int answer = OPEN;

  /** Nothing waits to be read. */
  public void nothing() {
    answer(NOTHING);
  }

  /** Something waits to be read, or may. */
  public void waits() {
    answer(WAITS);
  }

  private synchronized void answer(int found) {
    if (answer == OPEN) {
      answer = found;
    }
  }

  /** Whether either is known. */
  public boolean isAnswered() {
    return answer != OPEN;
  }

  boolean hasFoundNothing() {
    return answer == NOTHING;
  }
}
