package io.stallguard.core.wire;

import java.lang.ref.WeakReference;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks whether a socket that many streams share has run empty, or whether all that waited in it at
 * the first look has been read and a minute has passed. For one verdict. Threads for looks, one
 * after another.
 */
public final class SharedSocketLook implements LastLook {
  // Bytes are fetched in the order in which they came, and what waits becomes less by that alone.
  // So the sum of all that it became less by is never more than what was fetched, however much came
  // in between. A reader that takes all there is shows that at once. One that is outrun by the
  // others' bytes may have what is asked about still before it: for that one looks longer.

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How often one looks in a row: a reader that runs takes what a socket holds in far less. */
  private static final int MOST_STEPS = 100;

  private final WeakReference<Socket> socket;
  private final Backlog backlog;

  /** How many of the bytes that waited at the first look are still to be fetched. */
  private volatile int owed = -1;

  /** Makes a look at a socket, which is held weakly. */
  public SharedSocketLook(Socket socket) {
    this(socket, new Backlog());
  }

  SharedSocketLook(Socket socket, Backlog backlog) {
    this.socket = new WeakReference<>(socket);
    this.backlog = backlog;
  }

  @Override
  public void ask(Look look) {
    if (isFetched()) {
      look.nothing();
    } else {
      look.waits();
    }
  }

  /** Whether all that waited at the first look has been fetched. Waits a moment for it. */
  public boolean isFetched() {
    Socket own = socket.get();
    boolean fetched = own == null || isFetched(own);
    if (fetched) {
      owed = -1;
      backlog.ends();
    }
    return fetched;
  }

  private boolean isFetched(Socket own) {
    int before = SocketLook.waiting(own);
    int left = owed < 0 ? before : owed;
    for (int step = 0; step < MOST_STEPS && before > 0; step++) {
      LockSupport.parkNanos(STEP_NANOS);
      int now = SocketLook.waiting(own);
      left -= Math.max(0, before - now);
      before = now;
    }
    owed = Math.max(0, left);
    return before == 0 || (!backlog.mayHold() && owed == 0);
  }
}
