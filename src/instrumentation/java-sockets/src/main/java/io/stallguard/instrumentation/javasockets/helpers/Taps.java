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
  /** Stands for an exception that is none, as null stands for what is to be as it was. */
  private static final Object NO_EXCEPTION = "none";

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
    Socket socket = (Socket) arguments[3];
    switch ((String) arguments[1]) {
      case "stream":
        return stream(socket, (InputStream) arguments[2]);
      case "lock":
        return lock(socket, arguments[2]);
      case "request":
        written(socket, (byte[]) arguments[4], (Integer) arguments[5], (Integer) arguments[6]);
        return null;
      case "failed read":
        return afterAll(socket, arguments[2], (Object[]) arguments[4]);
      case "timeout":
        return of(socket).isDecided() ? NO_EXCEPTION : null;
      case "accepted":
        of(socket).retire(true);
        return null;
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  private InputStream stream(@Nullable Socket socket, InputStream in) {
    return isCiphertext(socket) ? in : new TappedInputStream(in, of(socket));
  }

  private Object lock(@Nullable Socket socket, Object lock) {
    return lock instanceof ReentrantLock
        ? new TapLock((ReentrantLock) lock, this)
        : new TapMonitor(this, socket == null);
  }

  /**
   * What a read comes to that has thrown, where advice behind a read inside of it may have come
   * first.
   */
  private @Nullable Object afterAll(Socket socket, Object thrown, Object[] arguments) {
    return thrown instanceof StallTimeoutException ? null : of(socket).afterAll(arguments);
  }

  /**
   * Whether a socket carries ciphertext: what a TLS socket that is under no other one reads itself
   * has the same socket as its content.
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
