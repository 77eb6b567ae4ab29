package io.stallguard.core.wire;

import java.lang.ref.WeakReference;
import java.net.Socket;

/**
 * Asks whether bytes wait in what is below a socket whose stream is read by one exchange alone. Any
 * thread.
 */
public final class SocketLook implements LastLook {
  // Not by the stream of the socket: under TLS that one knows nothing of what is on the wire, and
  // one of an app's own may wait for the very reader that is waited for. What a client keeps above
  // it is empty while its reader is down here, and who asks for that disturbs the reader.
  //
  // An end or an error that waits is the reader's, too, if it has no core just now. But where it is
  // not fetched for long nothing is lost by a release.

  private final WeakReference<Socket> socket;

  /** Makes a look at a socket, which is held weakly: the stack of who reads it holds it. */
  public SocketLook(Socket socket) {
    this(new WeakReference<>(socket));
  }

  public SocketLook(WeakReference<Socket> socket) {
    this.socket = socket;
  }

  @Override
  public void ask(Look look) {
    Socket own = socket.get();
    if (own == null) {
      look.nothing();
    } else {
      ask(RawSocket.under(own), look);
    }
  }

  private static void ask(RawSocket below, Look look) {
    if (below.waiting() > 0) {
      look.waits();
    } else if (below.isAtEnd()) {
      look.unfetched();
    } else {
      look.nothing();
    }
  }

  /**
   * Whether it is a socket of the JDK's own that nobody closes; code of an app's may do anything.
   */
  @Override
  public boolean isQuick() {
    Socket own = socket.get();
    return own == null || RawSocket.under(own).isQuick();
  }

  /** How many bytes wait, 0 also where that cannot be told. */
  public static int waiting(Socket socket) {
    return RawSocket.under(socket).waiting();
  }
}
