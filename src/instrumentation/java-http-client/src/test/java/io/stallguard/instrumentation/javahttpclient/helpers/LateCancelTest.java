package io.stallguard.instrumentation.javahttpclient.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.StuckEngine;
import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.callbacks.Telling;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchange;
import java.net.URI;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The cancel of an exchange whose client has not asked for the body yet, as it is busy. */
class LateCancelTest {
  private static final int TELLERS = 48;

  private final StuckEngine engine = new StuckEngine("idle=1s,first-byte=1s");
  private final AppCallbacks callbacks = new AppCallbacks();
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  @Test
  void comesWhateverCallbacksBlock() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    blockAllTellers(end);
    BodyOutcome outcome =
        new BodyOutcome(
            BodySubscribers.discarding(), new CompletableFuture<>(), new ReturnedFuture());
    ClientLooks looks = ClientLooks.of(engine.engine(), getClass().getClassLoader());
    BodyAbort abort = new BodyAbort(outcome, null, callbacks, looks, false, null);
    abort.bind(new Cancelled());
    Guard guard = stalled(abort);

    abort.abort(guard);

    cancelled.get(20, TimeUnit.SECONDS);
    assertThat(end.getCount()).as("callbacks are blocked still").isOne();
    end.countDown();
  }

  private void blockAllTellers(CountDownLatch end) throws InterruptedException {
    Semaphore begun = new Semaphore(0);
    for (int i = 0; i < TELLERS; i++) {
      Telling telling =
          new Telling(
              () -> {
                begun.release();
                return () -> await(end);
              });
      callbacks.tell(telling, AppWorld.ofCaller(), null);
    }
    assertThat(begun.tryAcquire(TELLERS, 20, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Guard stalled(BodyAbort abort) {
    Exchange exchange =
        Exchange.of("java-http-client")
            .request("POST", URI.create("http://localhost/v1/messages"))
            .response("HTTP/1.1", 200, "text/event-stream")
            .build();
    Guard guard = engine.engine().open(exchange, abort);
    assertThat(guard).isNotNull();
    guard.requested();
    engine.run(Duration.ofSeconds(3));
    assertThat(guard.isStalled()).isTrue();
    return guard;
  }

  private final class Cancelled implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {
      cancelled.complete(null);
    }
  }
}
