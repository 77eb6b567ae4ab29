package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.Guard;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.IntBinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sees what one socket reads, and guards the response bodies in it.
 *
 * <p>A read is {@link #begin}, then {@link #applyAsInt} and {@link #apply} if there was a begin.
 */
final class SocketTap implements IntBinaryOperator, UnaryOperator<@Nullable Throwable> {
  // Shut is for ever, and is where nearly every socket of a process gets with its first read: JDBC,
  // servers, ciphertext, clients that have a module of their own. It costs one volatile read.
  //
  // Fields without a word about it belong to the thread that holds `reading`, which hands them on.
  // The writer only hands over a request, and only if none is under way: of pipelined requests the
  // second is not seen, its answer meets no request, and the tap shuts.

  /** The module, as reports name it. */
  static final String NAME = "java-sockets";

  /** The count of a read that threw. */
  static final int THREW = Integer.MIN_VALUE;

  private static final AtomicIntegerFieldUpdater<SocketTap> READING =
      AtomicIntegerFieldUpdater.newUpdater(SocketTap.class, "reading");

  private final Engine engine;
  private final WeakReference<Socket> socket;
  private final TlsSocket tls;
  private volatile boolean shut;
  private volatile int reading;

  /** The request that waits for its response or is being answered. Reader and writer. */
  private volatile @Nullable RequestHead request;

  private byte @Nullable [] bytes;
  private @Nullable ResponseReader response;
  private @Nullable Guard guard;
  private @Nullable Throwable failure;
  private boolean begun;
  private boolean raw;
  private boolean clientAsked;

  /**
   * A tap.
   *
   * @param socket null if nothing on it is of interest
   */
  SocketTap(Engine engine, @Nullable Socket socket, TlsSocket tls) {
    this.engine = engine;
    this.socket = new WeakReference<>(socket);
    this.tls = tls;
    this.shut = socket == null;
  }

  /** A request is about to be written. */
  void requested(RequestHead head) {
    if (!shut && request == null) {
      request = head;
    }
  }

  /** Whether it will never again look at a read. */
  boolean isShut() {
    return shut;
  }

  /**
   * A read begins.
   *
   * @return null if it is of no interest, a {@link Refusal} if it must not be, else this
   */
  @Nullable Object begin(byte[] destination) {
    return shut ? null : opened(destination);
  }

  private @Nullable Object opened(byte[] destination) {
    if (!READING.compareAndSet(this, 0, 1)) {
      // Two readers at once: no client of HTTP does that, and whose bytes are whose is not known.
      shut = true;
      return null;
    }
    try {
      return begun(destination);
    } catch (Throwable t) {
      failed(t);
      reading = 0;
      return null;
    }
  }

  private @Nullable Object begun(byte[] destination) {
    if (!begun) {
      begun = true;
      raw();
    }
    Guard current = guard;
    if (current != null && !current.awaiting()) {
      reading = 0;
      return new Refusal(current);
    }
    bytes = destination;
    return this;
  }

  /** A socket that is named is guarded by its bytes alone from the first read on. */
  private void raw() {
    Socket own = socket.get();
    if (own != null && engine.guardsSockets() && !ClientOnStack.isThere()) {
      guard = engine.openSocket(NAME, SocketExchange.peer(own), new SocketAbort(own, tls));
      raw = guard != null;
    }
  }

  /**
   * A read brought bytes, the end, or an exception.
   *
   * @param count what it returned, or {@link #THREW}
   * @return what the app is to see, unless {@link #apply} gives an exception
   */
  @Override
  public int applyAsInt(int offset, int count) {
    try {
      if (count > 0) {
        arrived(offset, count);
      } else if (count == -1) {
        ended();
      } else if (count == 0) {
        satisfied();
      }
    } catch (Throwable t) {
      failed(t);
    }
    return count == THREW ? -1 : count;
  }

  /**
   * The read is over.
   *
   * @param thrown what it threw, or null
   * @return what the app is to see
   */
  @Override
  public @Nullable Throwable apply(@Nullable Throwable thrown) {
    Throwable shown = thrown;
    try {
      shown = thrown != null ? thrown(thrown) : failure;
      failure = null;
    } catch (Throwable t) {
      failed(t);
    } finally {
      bytes = null;
      reading = 0;
    }
    return shown;
  }

  /** What a read returns, or throws as it is. */
  static int result(int count, @Nullable Throwable thrown) throws IOException {
    if (thrown != null) {
      SocketTap.<IOException>raise(thrown);
    }
    return count;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private void arrived(int offset, int count) {
    Guard current = guard;
    if (raw && current != null) {
      current.arrived(count);
      return;
    }
    byte[] source = bytes;
    if (source != null) {
      follow(source, offset, offset + count);
    }
  }

  private void follow(byte[] source, int offset, int to) {
    int from = offset;
    long content = 0;
    while (from < to && !shut) {
      ResponseReader current = response();
      if (current == null) {
        return;
      }
      boolean inHead = current.head() == null;
      int next = current.advance(source, from, to);
      content += current.isContent() ? next - from : 0;
      from = next;
      if (inHead && current.head() != null) {
        headCame(current);
      }
      if (current.isEnded()) {
        came(content);
        content = 0;
        over();
      } else if (current.isStrange()) {
        shut();
      }
    }
    came(content);
  }

  /** The response that is being read; bytes for which there was no request shut the tap. */
  private @Nullable ResponseReader response() {
    ResponseReader current = response;
    RequestHead asked = request;
    if (current == null && asked == null) {
      shut();
      return null;
    }
    if (current == null && asked != null) {
      current = new ResponseReader(asked.method());
      response = current;
    }
    return current;
  }

  private void headCame(ResponseReader current) {
    Socket own = socket.get();
    RequestHead asked = request;
    ResponseHead head = current.head();
    if (isOfAClient()) {
      shut();
    } else if (own != null && asked != null && head != null && !current.isEnded()) {
      guard = engine.open(SocketExchange.of(own, asked, head), new SocketAbort(own, tls));
    }
  }

  /** Asked once a connection: it does not change hands. */
  private boolean isOfAClient() {
    boolean first = !clientAsked;
    clientAsked = true;
    return first && ClientOnStack.isThere();
  }

  private void came(long content) {
    Guard current = guard;
    if (current != null) {
      if (content > 0) {
        current.arrived(content);
      } else {
        current.satisfied();
      }
    }
  }

  /** The response is complete. If it was declared stalled meanwhile, the next read tells. */
  private void over() {
    Guard current = guard;
    if (current == null || current.finished()) {
      guard = null;
    }
    response = null;
    request = null;
  }

  private void satisfied() {
    Guard current = guard;
    if (current != null) {
      current.satisfied();
    }
  }

  /** The end of the connection is none of a stream that was declared stalled. */
  private void ended() {
    Guard current = guard;
    if (current != null && !current.finished()) {
      failure = current.stallException(null);
    } else {
      shut();
    }
  }

  private Throwable thrown(Throwable thrown) {
    Guard current = guard;
    if (current == null) {
      return thrown;
    }
    boolean goesOn = thrown instanceof SocketTimeoutException;
    if (goesOn ? current.satisfied() : current.finished()) {
      if (!goesOn) {
        shut();
      }
      return thrown;
    }
    return current.stallException(thrown);
  }

  private void shut() {
    shut = true;
    Guard current = guard;
    if (current != null) {
      current.finished();
    }
    guard = null;
    response = null;
    request = null;
  }

  private void failed(Throwable t) {
    engine.errors().record("tap of " + NAME, t);
    shut();
  }
}
