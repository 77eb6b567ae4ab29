package io.stallguard.core.engine;

import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.NothingDoneException;
import io.stallguard.core.wire.SocketCut;
import io.stallguard.core.wire.SocketLook;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of one exchange that is lent out of a pool, so that the pool does not take
 * it back. Any thread.
 */
public abstract class LentConnection implements Abort, Closeable {
  // A reader of a stream that is over by decision closes the connection before its client hands it
  // on, so the socket that was there at the begin is nobody else's and may be cut at any time. The
  // connection may get a new socket, so it is closed once only: by the reader, or by the abort if
  // that is first. Then the reader leaves when the connection says that it is not open, which it
  // does before anything that could block: the closing of a socket may take for ever.

  private static final int OPEN = 0;
  private static final int ABORTED = 1;
  private static final int LEFT = 2;

  private static final long STEP_NANOS = 1_000_000;

  /**
   * How often a reader looks whether the connection is closed. After that it does not wait for the
   * thread that was about to close it.
   */
  private static final int MOST_STEPS = 500;

  private final @Nullable Socket socket;
  private final SocketCut cut = new SocketCut();
  private final AtomicInteger state = new AtomicInteger(OPEN);

  /**
   * Makes an abort for the time of one exchange.
   *
   * @param socket what the connection reads from now, null if it cannot be had
   */
  protected LentConnection(@Nullable Socket socket) {
    this.socket = socket;
  }

  /** Whether the pool would take the connection for one that can be used. */
  protected abstract boolean isOpen();

  /** Closes the connection by its client's own way, which may block. */
  protected abstract void shutDown() throws IOException;

  @Override
  public @Nullable LastLook lastLook() {
    return socket == null ? null : new SocketLook(socket);
  }

  @Override
  public boolean cut() {
    return socket != null && cut.cutIfQuick(socket);
  }

  @Override
  public void abort(Guard guard) throws IOException, NothingDoneException {
    boolean first = state.compareAndSet(OPEN, ABORTED);
    boolean done = socket != null && cut.cutNow(socket);
    if (first) {
      shutDown(done);
    }
    if (!done && state.get() == ABORTED && isStillOpen()) {
      throw new NothingDoneException("its socket does not close");
    }
  }

  /**
   * Whether the connection is still to be closed. One that has let go of its socket says that it is
   * closed, whatever the socket says.
   */
  private boolean isStillOpen() {
    return socket == null ? isOpen() : !SocketCut.isClosed(socket);
  }

  private void shutDown(boolean done) throws IOException {
    try {
      shutDown();
    } catch (IOException e) {
      if (!done) {
        throw e;
      }
    }
  }

  @Override
  public void escalate(Guard guard) throws NothingDoneException {
    if (socket == null) {
      throw new NothingDoneException("its socket cannot be had");
    }
    cut.cut(socket);
  }

  /**
   * Closes the connection, and waits while another thread is about to. By the reader, before it
   * tells the client of the end.
   */
  @Override
  public void close() throws IOException {
    if (state.compareAndSet(OPEN, LEFT) || !isClosedSoon()) {
      shutDown();
    }
  }

  private boolean isClosedSoon() {
    for (int step = 0; step < MOST_STEPS && isOpen(); step++) {
      LockSupport.parkNanos(STEP_NANOS);
    }
    return !isOpen();
  }
}
