package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Guard;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Limits the waits for heads of the JDK's clients. Any thread. */
public final class GuardedHeads implements Function<Object[], Object> {
  private static final String CLIENT = "jdk.internal.net.http.HttpClientImpl";

  /** The wait that the calling thread has begun and has not returned to its caller yet. */
  private static final ThreadLocal<@Nullable AwaitedHead> BEGUN = new ThreadLocal<>();

  private final Engine engine;
  private final ClientExecutors executors;
  private final ClientLooks looks;
  private final ClientExchanges exchanges;

  /**
   * The waits by exchange, which has no equals of its own; each until its head is there or it is
   * over.
   */
  private final Map<Object, AwaitedHead> waits = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Made once.
   *
   * @throws ClassNotFoundException if the JDK has another client
   */
  public GuardedHeads(Engine engine) throws ClassNotFoundException {
    this.engine = engine;
    ClassLoader client = getClass().getClassLoader();
    this.executors = ClientExecutors.of(Class.forName(CLIENT, false, client));
    this.looks = ClientLooks.of(engine, client);
    this.exchanges = ClientExchanges.of(engine, client);
  }

  @Override
  public @Nullable Object apply(@Nullable Object[] arguments) {
    switch ((String) arguments[1]) {
      case "begins":
        return begins(arguments[0], (HttpRequest) arguments[3], (Executor) arguments[4]);
      case "sent":
        return sent(arguments[0], arguments[3]);
      case "answered":
        return answered(arguments[0]);
      case "returned":
        return returns((CompletableFuture<?>) arguments[3]);
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  private @Nullable Object answered(@Nullable Object exchange) {
    AwaitedHead wait = waits.get(exchange);
    if (wait != null) {
      wait.over();
    }
    return null;
  }

  private @Nullable Object sent(Object attempt, Object carrier) {
    AwaitedHead wait = waits.isEmpty() ? null : waits.get(exchanges.ofAttempt(attempt));
    if (wait != null) {
      wait.sent(carrier);
    }
    return null;
  }

  private @Nullable Object returns(@Nullable CompletableFuture<?> future) {
    AwaitedHead wait = BEGUN.get();
    BEGUN.remove();
    if (wait != null && future != null) {
      wait.returned(future);
    }
    return null;
  }

  private @Nullable Object begins(Object exchange, HttpRequest request, Executor executor) {
    BEGUN.remove();
    if (!engine.limitsHeads()) {
      return null;
    }
    AwaitedHead wait =
        new AwaitedHead(
            exchange, exchanges, looks, executors.behind(executor), () -> waits.remove(exchange));
    Guard guard = engine.awaitHead(SentExchanges.described(request).build(), wait);
    if (guard == null) {
      return null;
    }
    BEGUN.set(wait);
    waits.put(exchange, wait);
    wait.begin(guard, executors.isOfWaiting(executor) ? Thread.currentThread() : null);
    return wait;
  }
}
