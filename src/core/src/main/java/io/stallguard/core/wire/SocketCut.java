package io.stallguard.core.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/**
 * Closes one socket under its reader in ways that wait for no lock and no peer. Any thread, but
 * {@link #close} and {@link #cut} are for abort threads, which may block.
 */
public final class SocketCut {
  // A TLS socket says goodbye before it closes, which waits for a blocked writer's lock or for room
  // in the send buffer; a socket of the app's own does whatever it likes. So what is below all of
  // them is closed first. The socket itself is closed after that, so that it knows of it too: that
  // may block, but no reader waits for it any more.

  /**
   * Whether a cut came through. What was closed below would look like a socket that cannot be had.
   */
  private volatile boolean done;

  /**
   * Closes what is below the socket, and then the socket, which may block.
   *
   * @throws NothingDoneException if neither closes
   */
  public void close(Socket socket) throws NothingDoneException {
    if (cutNow(socket)) {
      closeAsClientsDo(socket);
    } else {
      closeAll(socket);
    }
  }

  /**
   * Closes what is below the socket; where that is not to be had, every socket there is, which may
   * block.
   *
   * @throws NothingDoneException if that does not close
   */
  public void cut(Socket socket) throws NothingDoneException {
    if (!cutNow(socket)) {
      closeAll(socket);
    }
  }

  /**
   * Closes what is below the socket, without waiting for anything.
   *
   * @return false if that is not to be had
   */
  public boolean cutNow(Socket socket) {
    if (!done) {
      done = RawSocket.under(socket).cut();
    }
    return done;
  }

  /**
   * Closes what is below the socket, for the watchdog: only if nobody is closing it, and no code of
   * an app's is in it. The watchdog then waits for nobody, and nor does the reader, who is free
   * then and may be the first to close the socket.
   *
   * @return false if that is not to be had
   */
  public boolean cutIfQuick(Socket socket) {
    RawSocket lowest = RawSocket.under(socket);
    return lowest.isQuick() && isOfJdk(lowest.socket()) && isOfJdk(socket) && cutNow(socket);
  }

  /**
   * Closes what is below the socket, and then the socket, for its own reader: only if no code of an
   * app's is in it. Whoever closes it at the same time is waited for, who finds it cut as well. One
   * of TLS is left alone where what is below it is not to be had: it would wait for its writer.
   */
  public void closeIfOfJdk(Socket socket) {
    Socket lowest = RawSocket.under(socket).socket();
    if (isOfJdk(lowest) && isOfJdk(socket) && (cutNow(socket) || lowest == socket)) {
      closeAsClientsDo(socket);
    }
  }

  private static boolean isOfJdk(Socket socket) {
    return socket.getClass().getClassLoader() == null;
  }

  public static boolean isClosed(Socket socket) {
    return socket.isClosed() || RawSocket.under(socket).socket().isClosed();
  }

  private static void closeAll(Socket socket) throws NothingDoneException {
    Socket lowest = RawSocket.under(socket).socket();
    shutDownInput(lowest);
    closeAsClientsDo(lowest);
    closeAsClientsDo(socket);
    if (!isClosed(socket)) {
      throw failure(socket);
    }
  }

  private static NothingDoneException failure(Socket socket) {
    return new NothingDoneException("its socket does not close: " + socket.getClass().getName());
  }

  private static void shutDownInput(Socket socket) {
    try {
      socket.shutdownInput();
    } catch (IOException | RuntimeException e) {
      // Closed meanwhile, or without halves: to close it is what is left to do.
    }
  }

  private static void closeAsClientsDo(Socket socket) {
    try {
      lingerNot(socket);
      socket.close();
    } catch (IOException | RuntimeException e) {
      // What counts is whether it is closed, or what is below it.
    }
  }

  /** Keeps the socket from lingering: a TLS socket would wait for the lock of a blocked writer. */
  private static void lingerNot(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // Closed meanwhile, or of a kind without lingering.
    }
  }
}
