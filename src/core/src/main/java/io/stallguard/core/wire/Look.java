package io.stallguard.core.wire;

/** A look at a wire, and what it has found. Any thread; the first answer counts. */
public final class Look {
  // A late answer is of use all the same: it says that nothing waits that had come by the time of
  // the question.

  private static final int OPEN = 0;
  private static final int NOTHING = 1;
  private static final int WAITS = 2;
  private static final int NO_ROOM = 3;
  private static final int UNFETCHED = 4;

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
  public void noRoom() {
    answer(NO_ROOM);
  }

  /**
   * Something waits to be read, and who is to fetch it was seen to be unable to. Either that thread
   * has ended, or it rests although it owes the reading; or what waits is the end alone, and no
   * byte is lost with it. Never said of bytes for a pool, a consumer or a thread that has something
   * else to do. If each look finds this for one more limit, nobody will ever fetch it.
   */
  public void unfetched() {
    answer(UNFETCHED);
  }

  private synchronized void answer(int found) {
    if (answer == OPEN) {
      answer = found;
    }
  }

  /** Whether there is an answer. */
  public boolean isAnswered() {
    return answer != OPEN;
  }

  public boolean hasFoundNothing() {
    return answer == NOTHING;
  }

  public boolean hasFoundNobody() {
    return answer == UNFETCHED;
  }

  public boolean hasFoundNoRoom() {
    return answer == NO_ROOM;
  }
}
