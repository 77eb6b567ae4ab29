package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.DecidedEnd;
import io.stallguard.core.engine.Decision;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.NothingDoneException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The response head of one exchange, which is waited for from the call on, and once the request has
 * been sent from there on anew. At its limit whoever waits is told first, and then the exchange is
 * ended as the client's own request timeout ends it.
 */
final class AwaitedHead implements Abort, BodyLook.Place, Consumer<@Nullable CompletableFuture<?>> {
  // What is completed by decision is a future of the client's own, on which the app's hangs: the
  // client tells the app on the threads on which it always does.

  private final Object exchange;
  private final ClientExchanges exchanges;
  private final ClientLooks looks;
  private final Executor executor;
  private final Runnable atEnd;

  /** The client's own future, once the exchange has begun. */
  private volatile @Nullable CompletableFuture<?> response;

  /** The future that the app was given, or waits for. */
  private final ReturnedFuture returned = new ReturnedFuture();

  private volatile @Nullable AppWorld world;
  private volatile @Nullable Guard guard;
  private volatile @Nullable Thread canceller;

  /** The thread that waits; null for an asynchronous consumer. Set before the exchange begins. */
  private @Nullable Thread waiter;

  /** What has carried out the attempt that was sent last. */
  private volatile @Nullable Object sentBy;

  /** The look of the present verdict; watchdog only. */
  private @Nullable BodyLook look;

  private boolean isOver;
  private @Nullable HttpTimeoutException failure;

  /**
   * Makes the wait of one exchange.
   *
   * @param exchange the client's, with its redirects and repetitions
   * @param executor of the client
   * @param atEnd what forgets this
   */
  AwaitedHead(
      Object exchange,
      ClientExchanges exchanges,
      ClientLooks looks,
      Executor executor,
      Runnable atEnd) {
    this.exchange = exchange;
    this.exchanges = exchanges;
    this.looks = looks;
    this.executor = executor;
    this.atEnd = atEnd;
  }

  /** Begins the wait, before the exchange begins, on the caller's thread. */
  void begin(Guard opened, @Nullable Thread waiting) {
    guard = opened;
    waiter = waiting;
    opened.awaiting(waiting);
  }

  /**
   * The request has left the client, the first one or what follows a redirect or a failure: from
   * here on it is the server's time. Any thread; once again where an interim head has come.
   */
  synchronized void sent(Object carrier) {
    Guard opened = guard;
    if (isOver || opened == null || carrier == sentBy) {
      return;
    }
    sentBy = carrier;
    if (opened.satisfied()) {
      opened.awaiting(waiter);
    }
  }

  /**
   * Takes the client's future from the advice, once the exchange has begun; null if it could not.
   */
  @Override
  public void accept(@Nullable CompletableFuture<?> begun) {
    if (begun == null) {
      over();
      return;
    }
    world = AppWorld.ofCaller();
    response = begun;
    CompletableFuture<?> unused = begun.whenComplete((answer, thrown) -> ended());
  }

  /**
   * The client's future is done. Whoever waits is told in time of what was decided, and that he was
   * is noted then.
   */
  private void ended() {
    Guard opened = guard;
    if (opened == null || !opened.isDecided()) {
      over();
    } else {
      atEnd.run();
    }
  }

  /** Notes the future that the app was given. */
  void returned(CompletableFuture<?> future) {
    returned.is(future);
  }

  /** The head is there, or the exchange over. */
  void over() {
    atEnd.run();
    end();
  }

  private synchronized void end() {
    isOver = true;
    Guard opened = guard;
    if (opened != null) {
      opened.finished();
    }
  }

  /**
   * Decides. An app that has ended its future itself waits no more: the client may not hear of
   * that. And a request that an executor has kept from being sent until now has the whole time
   * still.
   */
  @Override
  public void decide(Guard opened, Decision decision) {
    BodyLook last = look;
    look = null;
    if (returned.isDone()) {
      over();
      decision.drop();
    } else if (sentBy == null && last != null && last.wasLate()) {
      decision.noRoom();
    } else {
      decision.take();
    }
  }

  @Override
  public LastLook lastLook() {
    BodyLook made = new BodyLook(looks, this);
    look = made;
    return made.withReader();
  }

  @Override
  public Holdup holdup() {
    return looks.holdup(executor);
  }

  @Override
  public Holdup usedRoom() {
    return holdup();
  }

  @Override
  public void abort(Guard decided) throws Exception {
    end(decided, true);
  }

  /**
   * Cancels the exchange again: the client hangs in its cancel, or no thread was free for the abort
   * yet.
   */
  @Override
  public void escalate(Guard decided) throws Exception {
    end(decided, canceller == null);
  }

  private void end(Guard decided, boolean cancel) throws Exception {
    CompletableFuture<?> waited = response;
    AppWorld begunIn = world;
    if (waited == null || begunIn == null) {
      throw new NothingDoneException("its client has not begun it yet");
    }
    HttpTimeoutException told = failure(decided);
    Object carrier = upstream();
    looks.retireIfSilent(decided, carrier, false);
    begunIn.run(() -> waited.completeExceptionally(told));
    try {
      if (cancel) {
        cancel(told);
        looks.closeIfRetired(carrier);
      }
    } finally {
      returned.fail(told, begunIn, looks.callbacks());
    }
  }

  private void cancel(HttpTimeoutException told) throws ReflectiveOperationException {
    canceller = Thread.currentThread();
    try {
      exchanges.cancel(exchange, told);
    } finally {
      canceller = null;
    }
  }

  private synchronized HttpTimeoutException failure(Guard decided) {
    HttpTimeoutException made = failure;
    if (made == null) {
      made = BodyOutcome.timeout(DecidedEnd.exception(decided, null));
      failure = made;
      returned.noteRelease(decided);
    }
    return made;
  }

  /** Whether windows matter: no, heads come whatever they are. */
  @Override
  public boolean isHttp2() {
    return false;
  }

  @Override
  public @Nullable Object upstream() throws ReflectiveOperationException {
    return exchanges.carrier(exchange);
  }

  @Override
  public boolean isThere(Object carrier) throws ReflectiveOperationException {
    return looks.hasHead(carrier);
  }

  @Override
  public Executor executor() {
    return executor;
  }

  @Override
  public @Nullable AppWorld world() {
    return world;
  }

  /** No thread has delivered yet. */
  @Override
  public String deliverer() {
    return "";
  }
}
