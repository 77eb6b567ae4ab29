package io.stallguard.core.engine;

/** One look at a wire: what it has found. Any thread; the first answer counts. */
public final class Look {
  // An answer that comes late does no harm: the verdict that it was for has been asked again, or is
  // moot, and nobody looks at this one any more.

  private static final int OPEN = 0;
  private static final int NOTHING = 1;
  private static final int WAITS = 2;
  private static final int HELD_UP = 3;

  private volatile int answer = OPEN;

  /** Nothing waits to be read. */
  public void nothing() {
    answer(NOTHING);
  }

  /** Something waits to be read, or may. */
  public void waits() {
    answer(WAITS);
  }

  /**
   * The server was kept from sending anything until now, by what the app has not taken: there is no
   * room left in a window of the wire. Then the silence begins anew, as the server is to have its
   * whole time once there is room.
   */
  public void heldUp() {
    answer(HELD_UP);
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

  boolean hasFoundNoRoom() {
    return answer == HELD_UP;
  }
}
