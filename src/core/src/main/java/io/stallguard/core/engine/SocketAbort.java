package io.stallguard.core.engine;

import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.NothingDoneException;
import io.stallguard.core.wire.SocketCut;
import io.stallguard.core.wire.SocketLook;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Closes the socket of one exchange, for as long as the socket is that exchange's. Any thread. */
public final class SocketAbort implements Abort {
  // A decision and the end of its stream can come at the same moment, and the abort seconds later:
  // by then the client may have kept the connection, and use it for the next request. So whoever
  // hands the connection on says so first, and one compare-and-set decides who comes first.
  //
  // The socket is held weakly: a guard may outlive an abandoned stream. While a thread waits in a
  // read, its stack holds the socket.

  private static final int OPEN = 0;
  private static final int TAKEN = 1;
  private static final int OVER = 2;

  private final @Nullable WeakReference<Socket> socket;
  private final SocketCut cut = new SocketCut();
  private final AtomicInteger state = new AtomicInteger(OPEN);

  /**
   * Makes an abort for an exchange that has its socket for itself until it is over.
   *
   * @param socket null if it cannot be had
   */
  public SocketAbort(@Nullable Socket socket) {
    this.socket = socket == null ? null : new WeakReference<>(socket);
  }

  @Override
  public @Nullable LastLook lastLook() {
    return socket == null ? null : new SocketLook(socket);
  }

  @Override
  public boolean cut() {
    state.compareAndSet(OPEN, TAKEN);
    Socket own = state.get() == OVER || socket == null ? null : socket.get();
    return own != null && cut.cutIfQuick(own);
  }

  @Override
  public void abort(Guard guard) throws NothingDoneException {
    Socket own = own();
    if (own != null) {
      cut.close(own);
    }
  }

  @Override
  public void escalate(Guard guard) throws NothingDoneException {
    Socket own = own();
    if (own != null) {
      cut.cut(own);
    }
  }

  /**
   * Closes the socket before its reader is told of a clean end, after which an app with a pool of
   * its own asks the socket whether it may be used again. The reader only.
   */
  public void closeFirst() {
    state.compareAndSet(OPEN, TAKEN);
    Socket own = state.get() == OVER || socket == null ? null : socket.get();
    if (own != null) {
      cut.closeIfOfJdk(own);
    }
  }

  /** The socket to be closed; null if there is none any more. */
  private @Nullable Socket own() throws NothingDoneException {
    if (socket == null) {
      throw new NothingDoneException("its socket cannot be had");
    }
    state.compareAndSet(OPEN, TAKEN);
    return state.get() == OVER ? null : socket.get();
  }

  /**
   * Tells that the exchange is over, and its connection about to be used for another one.
   *
   * @return false if that must not be: an abort has begun to close the socket
   */
  public boolean over() {
    return state.compareAndSet(OPEN, OVER) || state.get() == OVER;
  }
}
