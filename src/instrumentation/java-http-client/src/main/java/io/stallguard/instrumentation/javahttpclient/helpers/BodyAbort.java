package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.callbacks.Telling;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.CoroutineJob;
import io.stallguard.core.engine.Decision;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.LastLook;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fixes what becomes of a body, then cancels the exchange, then has the app's own subscriber told:
 * the JDK closes the connection of HTTP/1.1 and resets the stream of HTTP/2.
 */
final class BodyAbort implements Abort, BodyLook.Place {
  /** The time in which a server hears that it may send again, and what it sends comes. */
  private static final long ROUND_TRIP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final BodyOutcome outcome;
  private final @Nullable Executor executor;
  private final ClientLooks looks;
  private final boolean http2;
  private final AppCallbacks callbacks;

  /** The coroutine that reads the body; null if none does. */
  private final @Nullable CoroutineJob coroutine;

  private volatile Flow.@Nullable Subscription upstream;
  private volatile boolean bodyAsked;
  private volatile boolean bodyKnown;
  private volatile boolean cancelDue;
  private volatile boolean cancelled;
  private volatile @Nullable Thread canceller;
  private volatile String deliverer = "";

  /** The look at the present silence; watchdog only. */
  private @Nullable BodyLook look;

  /**
   * The abort of one exchange.
   *
   * @param executor of the client, null if it is not known
   * @param http2 whether it shares its connection
   * @param coroutine that reads the body, null if none does
   */
  BodyAbort(
      BodyOutcome outcome,
      @Nullable Executor executor,
      AppCallbacks callbacks,
      ClientLooks looks,
      boolean http2,
      @Nullable CoroutineJob coroutine) {
    this.outcome = outcome;
    this.executor = executor;
    this.callbacks = callbacks;
    this.looks = looks;
    this.http2 = http2;
    this.coroutine = coroutine;
  }

  void bind(Flow.Subscription clientSide) {
    upstream = clientSide;
    deliverer = Thread.currentThread().getName();
    outcome.begins();
  }

  /** Notes that the client has been given the body's future. */
  void bodyAsked() {
    bodyAsked = true;
  }

  /**
   * Notes that the client knows what the body's future holds. Where the end was decided, that is a
   * value which a subscriber may take its time to make, on other threads, as the JDK's adapters do
   * since 25.
   */
  void bodyKnown() {
    bodyKnown = true;
    // While the future is still being handed out, the client has not heard of it.
    if (cancelDue && bodyAsked) {
      cancel();
    }
  }

  @Override
  public LastLook lastLook() {
    BodyLook made = new BodyLook(looks, this);
    look = made;
    return made.withReader();
  }

  @Override
  public long roundTripNanos() {
    return http2 ? ROUND_TRIP_NANOS : 0;
  }

  /**
   * What keeps the verdict: the client's executor, or what has unread bodies, or a selector, in its
   * hands.
   */
  @Override
  public Holdup holdup() {
    return looks.holdup(executor);
  }

  /** Decides. A coroutine that was cancelled waits for nothing, whatever it had asked for. */
  @Override
  public void decide(Guard guard, Decision decision) {
    BodyLook last = look;
    look = null;
    if (coroutine != null && coroutine.isOver()) {
      guard.finished();
      decision.drop();
    } else if (last != null && last.hasFreedWindow()) {
      decision.noRoom();
    } else {
      decision.take();
    }
  }

  @Override
  public boolean isLeftUnseen() {
    return coroutine != null && coroutine.isUnknown();
  }

  @Override
  public boolean isHttp2() {
    return http2;
  }

  @Override
  public Flow.@Nullable Subscription upstream() {
    return upstream;
  }

  @Override
  public @Nullable Executor executor() {
    return executor;
  }

  @Override
  public @Nullable AppWorld world() {
    return outcome.world();
  }

  @Override
  public String deliverer() {
    return deliverer;
  }

  @Override
  public @Nullable SocketAddress peer() {
    return looks.peer(upstream);
  }

  @Override
  public void abort(Guard guard) {
    end(guard, true);
  }

  /** The client hangs in its cancel, or no thread was free for the abort yet. */
  @Override
  public void escalate(Guard guard) {
    end(guard, canceller == null);
  }

  private void end(Guard guard, boolean cancel) {
    if (http2) {
      looks.retireIfSilent(guard, upstream, true);
    }
    outcome.fix(guard);
    // A value that a subscriber has still to make would be lost by the cancel.
    cancelDue = true;
    try {
      if (cancel && (bodyKnown || !guard.isEnded())) {
        cancelWhenOutcomeIsKnown();
      }
    } finally {
      // Whatever the client makes of the cancel: the app is told.
      tell(guard);
    }
  }

  private void tell(Guard guard) {
    Telling telling = outcome.telling(guard, this::cancel);
    AppWorld world = outcome.world();
    if (telling != null && world != null) {
      callbacks.tell(telling, world, executor);
    }
    outcome.failReturned(guard, callbacks);
  }

  /**
   * Cancels the exchange once its outcome is known. A client that was given no future of the body
   * yet, because its executor is busy, would make the response fail by the cancel. So it gets some
   * time, but on no thread that a callback may block.
   */
  private void cancelWhenOutcomeIsKnown() {
    AppWorld world = outcome.world();
    if (bodyAsked || world == null) {
      cancelOnOurThread();
    } else {
      callbacks.later(this::cancelOnOurThread);
    }
  }

  private void cancelOnOurThread() {
    cancel();
    if (http2) {
      looks.closeIfRetired(upstream);
    }
  }

  private void cancel() {
    Flow.Subscription client = upstream;
    if (client == null || cancelled) {
      return;
    }
    canceller = Thread.currentThread();
    try {
      AppWorld world = outcome.world();
      if (world == null) {
        client.cancel();
      } else {
        world.enter(client::cancel);
      }
    } finally {
      canceller = null;
    }
    cancelled = true;
  }

  /**
   * The client itself brings an end, on a thread of its own, after the decision: before the abort
   * does, or because of it.
   */
  void broughtByClient(Guard guard, @Nullable Throwable cause) {
    if (Thread.currentThread() == canceller) {
      return;
    }
    outcome.causedBy(cause);
    outcome.fix(guard);
    Telling telling = outcome.telling(guard, this::cancel);
    if (telling != null) {
      telling.run();
    }
  }
}
