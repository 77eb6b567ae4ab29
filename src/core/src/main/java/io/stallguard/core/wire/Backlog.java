package io.stallguard.core.wire;

import java.util.concurrent.TimeUnit;

/**
 * For how long a shared wire may still hold something for one stream: a wire that is never seen
 * empty, because bytes of other streams keep coming. For one verdict. Threads for looks, one after
 * another.
 */
public final class Backlog {
  // How much stands there cannot be seen: a server may have as much under way as the windows of all
  // streams together allow, some tens of megabytes, and a client on a busy core reads a few of them
  // in a second. So it is believed by time, and not for ever: a sibling that is never out of bytes
  // must not keep a dead stream alive.

  private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final long mostNanos;
  private volatile long since;
  private volatile boolean begun;

  public Backlog() {
    this(MOST_NANOS);
  }

  /**
   * Makes a backlog.
   *
   * @param mostNanos for how long it is believed at most
   */
  Backlog(long mostNanos) {
    this.mostNanos = mostNanos;
  }

  /**
   * Whether the wire that was seen full just now may hold something for the stream: from when it
   * was first seen so on, for a while.
   */
  public boolean mayHold() {
    long now = System.nanoTime();
    if (!begun) {
      since = now;
      begun = true;
    }
    return now - since < mostNanos;
  }

  /** The wire was seen empty. */
  public void ends() {
    begun = false;
  }
}
