package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.engine.Claim;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Puts taps into sockets as they are made, and tells them what is written. Any thread. */
public final class Taps implements Function<Object[], Object> {
  /** Anything that is none will do: null stands for what is to be as it was. */
  private static final Object NO_EXCEPTION = "none";

  private static final int SOCKET = 1;
  private static final int DECORATED = 2;
  private static final int OFFSET = 3;
  private static final int THROWN = 3;
  private static final int LENGTH = 4;
  private static final int FIELDS_OF_A_WRITE = 6;
  private static final int FIELDS_OF_A_FAILED_READ = 4;
  private static final int FIELDS_OF_AN_ACCEPT = 2;

  private final Engine engine;
  private final SocketMap<SocketTap> taps = new SocketMap<>();
  private final TlsSocket tls = new TlsSocket();
  private final ClientOnStack switchedOff;

  /** Made once. */
  public Taps(Engine engine) {
    this.engine = engine;
    this.switchedOff = ClientOnStack.switchedOff(engine);
  }

  @Override
  public @Nullable Object apply(Object[] arguments) {
    Socket socket = (Socket) arguments[SOCKET];
    if (arguments.length == FIELDS_OF_A_WRITE) {
      written(
          socket,
          (byte[]) arguments[DECORATED],
          (Integer) arguments[OFFSET],
          (Integer) arguments[LENGTH]);
      return null;
    }
    if (arguments.length == FIELDS_OF_A_FAILED_READ) {
      // Advice behind a read inside of this one may have come first.
      return arguments[THROWN] instanceof StallTimeoutException
          ? null
          : of(socket).afterAll((Object[]) arguments[DECORATED]);
    }
    if (arguments.length == FIELDS_OF_AN_ACCEPT) {
      of(socket).retire(true);
      return null;
    }
    return tapped(socket, arguments[DECORATED]);
  }

  private Object tapped(@Nullable Socket socket, Object decorated) {
    if (decorated instanceof Throwable) {
      return socket != null && of(socket).isDecided() ? NO_EXCEPTION : decorated;
    }
    if (decorated instanceof InputStream) {
      return isCiphertext(socket)
          ? decorated
          : new TappedInputStream((InputStream) decorated, of(socket));
    }
    return decorated instanceof ReentrantLock
        ? new TapLock((ReentrantLock) decorated, this)
        : new TapMonitor(this, socket == null);
  }

  /**
   * What a TLS socket that is under no other one reads itself has the same socket as its content.
   */
  private static boolean isCiphertext(@Nullable Socket socket) {
    return socket == null || socket instanceof SSLSocket;
  }

  private void written(Socket socket, byte[] bytes, int offset, int length) {
    if (offset < 0 || length > bytes.length - offset) {
      // The app's own mistake, of which the write is going to tell it.
      return;
    }
    SocketTap tap = of(socket);
    if (tap.isShut()) {
      return;
    }
    if (Claim.isThere() || switchedOff.isThere()) {
      tap.standAside();
      return;
    }
    RequestHead head = RequestHead.parse(bytes, offset, length);
    if (head != null) {
      tap.requested(head);
    }
  }

  /** The tap of the content of a TLS socket, or of a plain socket. */
  SocketTap of(@Nullable Socket socket) {
    return socket == null
        ? new SocketTap(engine, null)
        : taps.computeIfAbsent(socket, made -> new SocketTap(engine, made));
  }

  /**
   * The tap of the content of a TLS socket. What the socket below it carries is ciphertext from now
   * on; and a server's is none of ours.
   */
  SocketTap ofTls(Socket socket) {
    SocketTap tap = of(socket);
    Socket under = tls.under(socket);
    if (under != socket) {
      SocketTap below = of(under);
      below.retire(false);
      if (below.isAccepted()) {
        tap.retire(true);
      }
    }
    if (socket instanceof SSLSocket && !((SSLSocket) socket).getUseClientMode()) {
      tap.retire(true);
    }
    return tap;
  }

  /** The tap for a plain socket's own stream: none if it carries ciphertext. */
  SocketTap ofPlain(@Nullable Socket socket) {
    return of(isCiphertext(socket) ? null : socket);
  }
}
