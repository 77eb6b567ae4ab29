package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.callbacks.Telling;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.CoroutineJob;
import io.stallguard.core.engine.Decision;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.LastLook;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Ends what carries an exchange, then has its handler told of the end or the failure, as the client
 * itself would: on the reactor's thread.
 */
final class ExchangeAbort implements Abort {
  private final AsyncClientExchangeHandler handler;
  private final Carrier carrier;
  private final boolean beforeHead;
  private final Supplier<@Nullable AwaitedFuture> awaited;
  private final ReactorThread reactor = ReactorThread.current();
  private final AppCallbacks callbacks;

  /** The coroutine that reads the body; null if none does. Set while the head is taken. */
  private volatile @Nullable CoroutineJob coroutine;

  private volatile boolean endedAlone;

  /** Whether nothing comes by the connection, from which others are to be kept away then. */
  private volatile boolean silent;

  private volatile @Nullable Exception cause;
  private @Nullable Exception failure;
  private @Nullable Telling telling;

  private ExchangeAbort(
      AsyncClientExchangeHandler handler,
      Carrier carrier,
      boolean beforeHead,
      Supplier<@Nullable AwaitedFuture> awaited,
      AppCallbacks callbacks) {
    this.handler = handler;
    this.carrier = carrier;
    this.beforeHead = beforeHead;
    this.awaited = awaited;
    this.callbacks = callbacks;
  }

  /**
   * The abort of an exchange whose head has come. On the reactor's thread, as the next.
   *
   * @param awaited what waits for the exchange, null while that is not known
   */
  static ExchangeAbort ofBody(
      AsyncClientExchangeHandler handler,
      Carrier carrier,
      Supplier<@Nullable AwaitedFuture> awaited,
      AppCallbacks callbacks) {
    return new ExchangeAbort(handler, carrier, false, awaited, callbacks);
  }

  /** The abort of an exchange whose head is waited for. */
  static ExchangeAbort beforeHead(
      AsyncClientExchangeHandler handler,
      Carrier carrier,
      Supplier<@Nullable AwaitedFuture> awaited,
      AppCallbacks callbacks) {
    return new ExchangeAbort(handler, carrier, true, awaited, callbacks);
  }

  @Override
  public Holdup holdup() {
    return Holdup.of("its reactor", reactor.thread());
  }

  @Override
  public LastLook lastLook() {
    return look -> reactor.look(carrier, look);
  }

  /** Notes the coroutine that the consumer works for which takes the head. The reactor's thread. */
  void readBy(CoroutineJob reader) {
    coroutine = reader;
  }

  @Override
  public boolean isLeftUnseen() {
    CoroutineJob reader = coroutine;
    return reader != null && reader.isUnknown();
  }

  /** Decides. A coroutine that was cancelled waits for nothing, whatever it had asked for. */
  @Override
  public void decide(Guard guard, Decision decision) {
    CoroutineJob reader = coroutine;
    if (reader != null && reader.isOver()) {
      guard.finished();
      decision.drop();
    } else {
      decision.take();
    }
  }

  @Override
  public void abort(Guard guard) throws Exception {
    end(guard);
  }

  /**
   * Ends the exchange where the end of its carrier hangs, or no thread was free for the abort yet.
   */
  @Override
  public void escalate(Guard guard) throws Exception {
    end(guard);
  }

  private void end(Guard guard) throws Exception {
    Telling due = telling(guard);
    try {
      silent = carrier.isSilent(guard);
      release(guard, due);
    } finally {
      end(due);
    }
  }

  /**
   * Has who waits told by a thread of ours, as the call that tells the callback may not come to
   * that.
   */
  private void release(Guard guard, Telling due) {
    AwaitedFuture known = awaited.get();
    if (known != null && known.isAwaited() && !guard.isEnded()) {
      callbacks.release(due, reactor.world(), () -> known.fail(failure(guard)));
    }
  }

  private void end(Telling due) throws ReflectiveOperationException {
    // The reactor may bring the failure of a stream while this thread is still on its way back.
    endedAlone = carrier.isShared();
    try {
      endedAlone = carrier.end();
      endedAlone &= !reactor.closesIfDead(carrier);
    } catch (ReflectiveOperationException | RuntimeException e) {
      endedAlone = false;
      throw e;
    } finally {
      reactor.add(due);
      callbacks.tell(due, reactor.world(), null);
      wake();
    }
  }

  private void wake() {
    try {
      carrier.wake();
    } catch (RuntimeException e) {
      // A reactor that has ended, by an error of the app's say, wakes no more: ours tells the app.
    }
  }

  /**
   * The client itself brings an end, on the reactor's thread, after the decision: before the abort
   * does, or because of it.
   */
  void broughtByClient(Guard guard, @Nullable Exception brought) {
    cause = brought;
    try {
      telling(guard).run();
    } catch (Throwable t) {
      // What the app's callback throws would end the connection, under streams that are healthy.
      if (!carrier.isShared()) {
        throw t;
      }
    }
  }

  private synchronized Telling telling(Guard guard) {
    Telling known = telling;
    if (known == null) {
      known = new Telling(() -> ready(guard));
      telling = known;
    }
    return known;
  }

  private Runnable ready(Guard guard) {
    if (guard.isEnded()) {
      guard.released();
      return () -> released(this::tellEnd);
    }
    Exception stall = failure(guard);
    return () -> released(() -> fail(stall, beforeHead));
  }

  /** The failure, which future and callback have alike, whoever of them is told first. */
  private synchronized Exception failure(Guard guard) {
    Exception made = failure;
    if (made == null) {
      made = guard.stallException(cause);
      failure = made;
    }
    return made;
  }

  private void released(Runnable told) {
    try {
      told.run();
    } finally {
      handler.releaseResources();
    }
  }

  private void fail(Exception failure, boolean withoutHead) {
    KeptConnection.during(
        endedAlone,
        withoutHead,
        silent ? this::shutDownLater : null,
        () -> handler.failed(failure));
  }

  /** Shuts the connection down later: who was given it before may have still to open a stream. */
  private void shutDownLater() {
    callbacks.tidyLater(carrier::shutDown);
  }

  private void tellEnd() {
    try {
      handler.streamEnd(null);
    } catch (HttpException | IOException | RuntimeException e) {
      // The app does not take the end: the client would tell it so.
      fail(e, false);
    }
  }
}
