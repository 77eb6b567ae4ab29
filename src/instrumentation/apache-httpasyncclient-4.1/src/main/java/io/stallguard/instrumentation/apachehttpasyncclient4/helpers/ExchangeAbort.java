package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.callbacks.Telling;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.CoroutineJob;
import io.stallguard.core.engine.Decision;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.LastLook;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.http.HttpException;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.nio.NHttpClientConnection;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Shuts an exchange's connection down. The reactor then brings the exchange to its end, which is
 * the one that was decided.
 */
final class ExchangeAbort implements Abort {
  private final NHttpClientConnection connection;
  private final HttpAsyncClientExchangeHandler exchange;
  private final BasicFuture<?> future;
  private final AppCallbacks callbacks;
  private final AppWorld world;
  private final ConnectionLook look;
  private final OrphanedSession session;

  /** Whether the app waits for nothing any more, which its client may not have heard of. */
  private final BooleanSupplier left;

  /** The coroutine that reads the body; null if none does, or it is not known yet. */
  private final @Nullable CoroutineJob coroutine;

  private volatile @Nullable Exception cause;
  private @Nullable Exception failure;
  private @Nullable Telling telling;

  private ExchangeAbort(
      NHttpClientConnection connection,
      HttpAsyncClientExchangeHandler exchange,
      BasicFuture<?> future,
      AppCallbacks callbacks,
      AppWorld world,
      @Nullable CoroutineJob coroutine,
      BooleanSupplier left) {
    this.connection = connection;
    this.exchange = exchange;
    this.future = future;
    this.callbacks = callbacks;
    this.world = world;
    this.look = new ConnectionLook(connection);
    this.session = OrphanedSession.of(connection);
    this.coroutine = coroutine;
    this.left = left;
  }

  /**
   * The abort of an exchange whose head has come. Made on the connection's thread.
   *
   * @param connection the client's lease of it: once it was given back, nothing here touches it
   * @param exchange takes a failure once, from whichever thread comes first
   * @param future what the app was given, which the minimal client forgets to fail
   * @param world that of the connection's thread
   * @param coroutine that reads the body, null if none does
   */
  static ExchangeAbort ofBody(
      NHttpClientConnection connection,
      HttpAsyncClientExchangeHandler exchange,
      BasicFuture<?> future,
      AppCallbacks callbacks,
      AppWorld world,
      @Nullable CoroutineJob coroutine) {
    return new ExchangeAbort(
        connection,
        exchange,
        future,
        callbacks,
        world,
        coroutine,
        () -> coroutine != null && coroutine.isOver());
  }

  /** The abort of an exchange whose head is waited for. */
  static ExchangeAbort beforeHead(
      NHttpClientConnection connection,
      HttpAsyncClientExchangeHandler exchange,
      BasicFuture<?> future,
      AppCallbacks callbacks,
      AppWorld world) {
    return new ExchangeAbort(connection, exchange, future, callbacks, world, null, future::isDone);
  }

  @Override
  public Holdup holdup() {
    return Holdup.of("its reactor", look.reactor());
  }

  @Override
  public LastLook lastLook() {
    return look;
  }

  @Override
  public boolean isLeftUnseen() {
    return coroutine != null && coroutine.isUnknown();
  }

  /** Decides. An app that has cancelled waits for nothing, whatever was asked for. */
  @Override
  public void decide(Guard guard, Decision decision) {
    if (left.getAsBoolean()) {
      guard.finished();
      decision.drop();
    } else {
      decision.take();
    }
  }

  /** The connection was read, and gives output. Its thread only. */
  void passed() {
    look.passed();
  }

  @Override
  public void abort(Guard guard) throws IOException {
    end(guard);
  }

  /** Ends the exchange where the shutdown hangs, or no thread was free for the abort yet. */
  @Override
  public void escalate(Guard guard) throws IOException {
    end(guard);
  }

  private void end(Guard guard) throws IOException {
    Telling due = telling(guard);
    try {
      if (!guard.isEnded()) {
        callbacks.release(due, world, () -> future.failed(failure(guard)));
      }
    } finally {
      close(due);
    }
  }

  private void close(Telling due) throws IOException {
    try {
      connection.shutdown();
      if (!look.reactor().isAlive()) {
        session.close();
      }
    } finally {
      callbacks.tell(due, world, null);
    }
  }

  /**
   * The client itself brings a failure, on the connection's thread, after the decision: before the
   * abort does, or because of it.
   */
  void broughtByClient(Guard guard, @Nullable Exception brought) {
    cause = brought;
    try {
      telling(guard).run();
    } catch (Throwable t) {
      // What the app's callback throws would end the reactor, with all connections that it carries.
    }
  }

  /**
   * Notes that the client has run out of memory, say, while it was told: then its future is all
   * there is.
   */
  void failedWithin(Exception brought) {
    future.failed(brought);
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
      return this::complete;
    }
    Exception stall = failure(guard);
    return () -> fail(stall);
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

  private void fail(Exception stall) {
    try {
      exchange.failed(stall);
    } finally {
      future.failed(stall);
    }
  }

  private void complete() {
    try {
      exchange.responseCompleted();
    } catch (HttpException | IOException e) {
      exchange.failed(e);
    }
  }
}
