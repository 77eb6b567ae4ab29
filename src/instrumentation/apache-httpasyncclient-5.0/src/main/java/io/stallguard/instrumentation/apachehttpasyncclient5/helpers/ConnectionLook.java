package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.wire.Look;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The looks at one connection that are still to be answered. Under the lock of its passes. */
final class ConnectionLook {
  // A connection that is one exchange's own brings something for it in the first pass, if there is
  // anything. On one that is shared it may lie behind what is others': a pass over TLS reads no
  // more than a record has room for. So there the passes go on, one after the other, until two in a
  // row have brought little: a read that brings less than it has room for has emptied the socket.
  // One alone proves nothing, as a record that has come in part leaves little room. What was there
  // at the begin has been read in any case when more than a socket holds has.

  /** What counts as little in two reads in a row: less than a read has room for. */
  private static final long LITTLE = 4096;

  private static final int IN_A_ROW = 2;

  /** More than a socket holds: Linux lets none grow beyond that by itself. */
  private static final long MOST_OF_A_SOCKET = 6 << 20;

  private static final long UNKNOWN = -1;

  private final List<Look> looks = new ArrayList<>(1);

  /** What carries the exchange, held weakly: a connection is not to be kept by a look at it. */
  private WeakReference<@Nullable Carrier> carrier = new WeakReference<>(null);

  private long begunAt = UNKNOWN;
  private long lastAt = UNKNOWN;
  private int quiet;

  void ask(Carrier asking, Look look) {
    carrier = new WeakReference<>(asking);
    looks.add(look);
  }

  /** What carries the exchange; null if it is gone, as nobody waits for an answer then. */
  @Nullable Carrier carrier() {
    return carrier.get();
  }

  /**
   * The connection was read once more.
   *
   * @param received what it has brought in all its life
   */
  boolean isOver(long received) {
    Carrier woken = carrier.get();
    if (woken != null && woken.isShared() && !hasReadAll(received)) {
      return false;
    }
    looks.forEach(Look::nothing);
    return true;
  }

  private boolean hasReadAll(long received) {
    if (lastAt == UNKNOWN) {
      begunAt = received;
    } else {
      quiet = received - lastAt < LITTLE ? quiet + 1 : 0;
    }
    lastAt = received;
    return quiet >= IN_A_ROW || received - begunAt > MOST_OF_A_SOCKET;
  }
}
