package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.callbacks.SpareThread;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.SilentConnection;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.NothingDoneException;
import io.stallguard.core.wire.SocketCut;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a call: OkHttp closes the raw socket of HTTP/1.1, resets the stream of HTTP/2.
 *
 * <p>That fails where the app's own socket does not close, or where the app has cancelled the call
 * before in vain; and who closes a body of HTTP/2 may wait for room in a send buffer that nobody
 * empties, which a reset does not change. Then what is below the connection is closed: the one of
 * HTTP/1.1, and of HTTP/2 one on which each call was aborted.
 *
 * <p>Where processor time is short whoever is blocked in a read of HTTP/1.1 is freed by the
 * watchdog, which closes the raw socket as a cancel does. The reader then has its call cancelled,
 * as it would have found it.
 *
 * <p>OkHttp's reset needs a thread of its own, and is lost where there is none to be had. Then it
 * is written here; and again for as long as that fails.
 */
final class CallAbort implements Abort {
  /** The calls that are over by decision; in common, as they may share a connection. */
  private static final Set<Call> ABORTED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** The time in which a server hears that it may send again, and what it sends comes. */
  private static final long ROUND_TRIP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Call call;
  private final AppCallbacks callbacks;
  private final SocketCut cut = new SocketCut();

  /** Whether the call has a connection for itself, and will ask for no other one. */
  private final boolean alone;

  /** Whether the call has a connection together with others. */
  private final boolean shared;

  /** Whether the call's connection was marked as one that takes no new calls. */
  private volatile boolean marked;

  /** A stream that may be closed and was not reset: what was to do both threw. */
  private volatile @Nullable CallStream owed;

  private CallAbort(Call call, AppCallbacks callbacks, boolean alone, boolean shared) {
    this.call = call;
    this.callbacks = callbacks;
    this.alone = alone;
    this.shared = shared;
  }

  /** The abort of a call whose head is waited for: OkHttp may go on with another connection. */
  static CallAbort beforeHead(Call call, AppCallbacks callbacks) {
    return new CallAbort(call, callbacks, false, false);
  }

  /**
   * The abort of a call whose body is read.
   *
   * @param alone whether it has its connection for itself, and will ask for no other one
   * @param shared whether its connection has other streams
   */
  static CallAbort ofBody(Call call, AppCallbacks callbacks, boolean alone, boolean shared) {
    return new CallAbort(call, callbacks, alone, shared);
  }

  @Override
  public LastLook lastLook() {
    return new CallLook(call);
  }

  /** The time between two looks, of a body on HTTP/2; a head comes whatever room there is. */
  @Override
  public long roundTripNanos() {
    return shared && ConnectionWindow.CAN_BE_USED_UP ? ROUND_TRIP_NANOS : 0;
  }

  @Override
  public Holdup usedRoom() {
    HeldConnection held = HeldConnection.of(call);
    return held == null ? Abort.super.usedRoom() : held.usedRoom();
  }

  @Override
  public @Nullable SocketAddress peer() {
    HeldConnection held = HeldConnection.of(call);
    return held == null ? null : held.rawSocket().getRemoteSocketAddress();
  }

  /**
   * Closes the raw socket of HTTP/1.1. The watchdog takes no lock of an app's client. So the
   * connection is first marked as one that takes no new calls. If the call holds it after that it
   * gets no other one, whoever gives it back meanwhile: a read that finds the end, a close.
   */
  @Override
  public boolean cut() {
    HeldConnection held = alone ? HeldConnection.of(call) : null;
    if (held == null || held.isMultiplexed() || !retire(held)) {
      return false;
    }
    // A volatile write: what was marked is seen before it is asked who holds it.
    marked = true;
    HeldConnection still = HeldConnection.of(call);
    return still != null && still.isSameAs(held) && cut.cutIfQuick(held.rawSocket());
  }

  private static boolean retire(HeldConnection held) {
    try {
      return held.retire();
    } catch (IllegalAccessException e) {
      return false;
    }
  }

  @Override
  public void abort(Guard guard) throws Exception {
    ABORTED.add(call);
    HeldConnection retired = retireSilentConnection(guard);
    CallStream left = owed;
    if (left == null) {
      cancel();
    } else {
      reset(left);
    }
    if (retired != null) {
      // Once the reset has had the time to be written.
      callbacks.tidyLater(() -> closeIfUnused(retired));
    }
    HeldConnection held = HeldConnection.of(call);
    if (held != null && !held.isMultiplexed() && !held.rawSocket().isClosed()) {
      throw new NothingDoneException("OkHttp did not close its socket");
    }
  }

  /**
   * Has a silent connection take no new calls, before the reader is free, which may ask again at
   * once. Null if it is not silent.
   */
  private @Nullable HeldConnection retireSilentConnection(Guard guard) {
    HeldConnection held = HeldConnection.of(call);
    if (held == null || !held.isMultiplexed() || !SilentConnection.isOf(guard)) {
      return null;
    }
    synchronized (held.lock()) {
      // If it cannot be, the next call may wait as long as this one.
      boolean unused = retire(held);
    }
    return held;
  }

  private void closeIfUnused(HeldConnection retired) {
    synchronized (retired.lock()) {
      if (retired.isOnlyOf(ABORTED)) {
        boolean unused = cut.cutNow(retired.rawSocket());
      }
    }
  }

  private void cancel() throws Exception {
    // Asked for first: a call that is over has let go of it.
    CallStream stream = CallStream.of(call);
    try {
      if (stream != null && !SpareThread.isToBeHad()) {
        stream.close();
      }
      call.cancel();
    } catch (Throwable t) {
      owed = stream;
      throw t;
    }
  }

  private void reset(CallStream left) throws Exception {
    left.close();
    call.cancel();
    left.reset();
    owed = null;
  }

  /**
   * Resets a stream that is owed, or closes what is below the connection. A call that holds no
   * connection has given it back: its exchange is over.
   */
  @Override
  public void escalate(Guard guard) throws Exception {
    ABORTED.add(call);
    CallStream left = owed;
    if (left != null) {
      reset(left);
      return;
    }
    if (!HeldConnection.canBeTold(call)) {
      throw new NothingDoneException("this version of OkHttp does not tell its connection");
    }
    HeldConnection held = HeldConnection.of(call);
    if (held != null && !isCutNow(held)) {
      cut.cut(held.rawSocket());
    }
  }

  /**
   * Cuts the socket under the lock under which a call gives its connection back: it is no other
   * call's yet.
   */
  private boolean isCutNow(HeldConnection held) throws NothingDoneException {
    synchronized (held.lock()) {
      HeldConnection still = HeldConnection.of(call);
      if (still == null || !still.isSameAs(held)) {
        return true;
      }
      if (held.isMultiplexed() && !held.isOnlyOf(ABORTED)) {
        throw new NothingDoneException("its connection has other streams");
      }
      return cut.cutNow(held.rawSocket());
    }
  }
}
