package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.SocketAbort;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * <p>A read is {@link #begin}, then {@link #applyAsInt} and {@link #apply} if that gave something.
 */
final class SocketTap implements IntBinaryOperator, UnaryOperator<@Nullable Throwable> {
  //         a client's own module             its answer
  //           claims a request                  is read
  //   OPEN --------------------------> CLAIMED ----------> ASIDE
  //    |  <------------------------------------------------  |
  //    |              another request line                   |
  //    '--> SHUT <-- from each ------------------------------'
  //
  // What is written between a claim and its answer is the body of that request, whatever it looks
  // like: a batch may hold whole requests.
  //
  // Shut is for ever, and is where nearly every socket of a process gets with its first read: JDBC,
  // servers, ciphertext. It costs one volatile read, as it does to stand aside.
  //
  // All else belongs to the thread that has set `reading`, which hands it on to the next one.

  /** The module, as reports name it. */
  static final String NAME = "java-sockets";

  /** The count of a read that threw. */
  static final int THREW = Integer.MIN_VALUE;

  private static final int OPEN = 0;
  private static final int CLAIMED = 1;
  private static final int ASIDE = 2;
  private static final int SHUT = 3;

  private static final AtomicIntegerFieldUpdater<SocketTap> STATE =
      AtomicIntegerFieldUpdater.newUpdater(SocketTap.class, "state");

  private static final AtomicIntegerFieldUpdater<SocketTap> READING =
      AtomicIntegerFieldUpdater.newUpdater(SocketTap.class, "reading");

  private final Engine engine;
  private final Conversation conversation;
  private volatile int state;
  private volatile boolean accepted;
  private volatile int reading;

  private byte @Nullable [] bytes;
  private @Nullable Throwable failure;
  private boolean answered;
  private byte @Nullable [] missingEnd;
  private int given;
  private volatile @Nullable Guard named;
  private @Nullable WeakReference<Socket> unread;

  /**
   * Makes a tap.
   *
   * @param socket null if what it reads is of no interest
   */
  SocketTap(Engine engine, @Nullable Socket socket) {
    this.engine = engine;
    this.conversation = new Conversation(engine, socket);
    this.unread = new WeakReference<>(socket);
    this.state = socket == null ? SHUT : OPEN;
  }

  /** A request is about to be written that nobody else guards. */
  void requested(RequestHead head) {
    if (state == ASIDE) {
      STATE.compareAndSet(this, ASIDE, OPEN);
    }
    if (state == OPEN) {
      conversation.requested(head);
    }
  }

  /** A request is about to be written that is none of ours, and so is its response. */
  void standAside() {
    if (state == ASIDE) {
      STATE.compareAndSet(this, ASIDE, CLAIMED);
    } else if (STATE.compareAndSet(this, OPEN, CLAIMED)) {
      letGoUnlessRead();
    }
  }

  /**
   * No read of this socket is of interest any more.
   *
   * @param server because it is the server's end of a connection
   */
  void retire(boolean server) {
    if (server) {
      accepted = true;
    }
    state = SHUT;
    letGoUnlessRead();
  }

  /** Lets go of everything, unless a thread reads, which does so itself when its read is over. */
  private void letGoUnlessRead() {
    if (READING.compareAndSet(this, 0, 1)) {
      letGo();
      reading = 0;
    }
  }

  /** Whether the socket was closed by us. */
  boolean isDecided() {
    Guard guard = guard();
    return guard != null && guard.isDecided();
  }

  /** Whether the socket is the server's end of a connection. */
  boolean isAccepted() {
    return accepted;
  }

  /** Whether the tap will never again look at a read. */
  boolean isShut() {
    return state == SHUT;
  }

  /**
   * A read begins.
   *
   * @return null if it is of no interest, a {@link Refusal} if it must not be, else this
   */
  @Nullable Object begin(byte[] destination) {
    int now = state;
    if (now == CLAIMED) {
      STATE.compareAndSet(this, CLAIMED, ASIDE);
    }
    return now == OPEN ? watched(destination) : null;
  }

  private @Nullable Object watched(byte[] destination) {
    if (!READING.compareAndSet(this, 0, 1)) {
      return second();
    }
    try {
      first();
      bytes = destination;
      Guard guard = guard();
      return guard == null || guard.awaiting() ? this : new Refusal(this);
    } catch (Throwable t) {
      failed(t);
      reading = 0;
      return null;
    }
  }

  /**
   * Shuts the tap, as there are two readers at once: no client of HTTP does that, and whose bytes
   * are whose is not known. The first may wait while the other one gets all, so nothing is to be
   * decided by its waiting.
   */
  private @Nullable Object second() {
    state = SHUT;
    try {
      Guard guard = guard();
      if (guard != null) {
        guard.finished();
      }
    } catch (Throwable t) {
      engine.errors().record("tap of " + NAME, t);
    }
    return null;
  }

  /** Begins to guard a socket that is named, by its bytes alone, from its first read on. */
  private void first() {
    WeakReference<Socket> first = unread;
    unread = null;
    Socket socket = first == null ? null : first.get();
    if (socket != null && engine.guardsSockets() && !ClientOnStack.ofAny().isThere()) {
      named = engine.openSocket(NAME, SocketExchange.peer(socket), new SocketAbort(socket));
    }
  }

  private @Nullable Guard guard() {
    return named != null ? named : conversation.guard();
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
        return count;
      }
      return count == 0 ? nothing() : ended(offset, count == THREW);
    } catch (Throwable t) {
      failed(t);
      return count == THREW ? -1 : count;
    }
  }

  private void arrived(int offset, int count) {
    byte[] source = bytes;
    Guard socketGuard = named;
    if (socketGuard != null) {
      socketGuard.arrived(count);
    } else if (source == null || !conversation.follow(source, offset, offset + count)) {
      shut();
    }
  }

  private int nothing() {
    Guard guard = guard();
    if (guard != null) {
      guard.unserved();
    }
    return 0;
  }

  /** What a read comes to that threw or found the end, as far as that is known by now. */
  private int ended(int offset, boolean threw) {
    Guard guard = guard();
    if (guard != null && guard.isDecided()) {
      return threw && guard.isStalled() ? -1 : decided(guard, offset);
    }
    if (!threw) {
      connectionEnded(guard);
    }
    return -1;
  }

  private void connectionEnded(@Nullable Guard guard) {
    if (guard != null && guard.completed() != BodyEnd.NORMAL) {
      failure = failureOf(guard, null);
    }
    if (guard == null || !guard.isDecided()) {
      shut();
    }
  }

  /** A read that is not to be: the stream is over by decision. */
  int refused(int offset, int length) {
    Guard guard = guard();
    if (length == 0) {
      answered = true;
      return 0;
    }
    return guard == null ? -1 : decided(guard, offset);
  }

  /**
   * What a read comes to that has failed without a question, if the stream is over by decision.
   *
   * @param arguments the array to read into, or none for a single byte
   * @return the result or an exception, null if the read is to fail as it did
   */
  @Nullable Object afterAll(Object[] arguments) {
    boolean single = arguments.length == 0;
    byte[] destination = single ? new byte[1] : (byte[]) arguments[0];
    Object entered = isDecided() ? begin(destination) : null;
    if (!(entered instanceof Refusal)) {
      return null;
    }
    int count = refused(0, destination.length);
    Throwable thrown = apply(null);
    if (thrown != null) {
      return thrown;
    }
    return single && count > 0 ? destination[0] & 0xFF : count;
  }

  /**
   * Ends a read as was decided. In place of a clean end comes what a reader of chunks takes for
   * one.
   */
  private int decided(Guard guard, int offset) {
    failure = failureOf(guard, null);
    answered = failure == null;
    return answered ? missingByte(offset) : -1;
  }

  /** What the app is to see of a stream that is over by decision; null if that is its end. */
  private static @Nullable Throwable failureOf(Guard guard, @Nullable Throwable cause) {
    try {
      guard.endOrThrow(cause);
      return null;
    } catch (IOException | UncheckedIOException | IOError e) {
      return e;
    }
  }

  /**
   * Gives the next byte of what a reader of chunks takes for a missing end: there is room for one
   * byte in any read.
   */
  private int missingByte(int offset) {
    if (missingEnd == null) {
      missingEnd = conversation.missingEnd();
    }
    byte[] missing = missingEnd;
    byte[] destination = bytes;
    if (missing == null || destination == null || given == missing.length) {
      return -1;
    }
    destination[offset] = missing[given];
    given++;
    return 1;
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
      shown = answered ? null : thrown == null ? failure : thrown(thrown);
    } catch (Throwable t) {
      failed(t);
    } finally {
      answered = false;
      failure = null;
      bytes = null;
      letGo();
      reading = 0;
    }
    return shown;
  }

  private @Nullable Throwable thrown(Throwable thrown) {
    Guard guard = guard();
    boolean goesOn = thrown instanceof SocketTimeoutException;
    if (guard == null || (goesOn ? guard.unserved() : guard.finished())) {
      if (!goesOn) {
        shut();
      }
      return thrown;
    }
    return failureOf(guard, thrown);
  }

  private void shut() {
    state = SHUT;
    letGo();
  }

  private void letGo() {
    if (state == OPEN) {
      return;
    }
    Guard socketGuard = named;
    if (socketGuard != null) {
      socketGuard.finished();
    }
    named = null;
    conversation.end();
  }

  private void failed(Throwable t) {
    engine.errors().record("tap of " + NAME, t);
    shut();
  }
}
