package io.stallguard.instrumentation.javahttpclient.helpers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.StuckEngine;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** A stream is over by decision, no thread is there to abort it, and the client brings an end. */
class DecidedEndTest {
  private static final String DONE = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

  private final StuckEngine engine = new StuckEngine("idle=1s,first-byte=1s,done-grace=500ms");
  private final Recorder app = new Recorder();

  @Test
  void aFailureBringsTheStall() {
    BodySubscriber<Void> guarded = subscribed(head -> BodySubscribers.fromSubscriber(app));
    CompletableFuture<Void> body = guarded.getBody().toCompletableFuture();
    IOException closed = new IOException("closed");
    engine.run(Duration.ofSeconds(3));

    guarded.onError(closed);

    assertThat(app.told).hasSize(1);
    assertThat((Throwable) app.told.get(0))
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessageStartingWith("first-byte limit of 1 s exceeded")
        .hasCauseInstanceOf(StallTimeoutException.class)
        .hasRootCauseExactlyInstanceOf(StallTimeoutException.class);
    assertThat(((Throwable) app.told.get(0)).getCause()).hasSuppressedException(closed);
    assertThat(body).isCompletedExceptionally();
    assertThat(catchThrowable(body::join)).hasCause((Throwable) app.told.get(0));
  }

  @Test
  void anEndBringsTheStallToo() {
    BodySubscriber<Void> guarded = subscribed(head -> BodySubscribers.fromSubscriber(app));
    engine.run(Duration.ofSeconds(3));

    guarded.onComplete();
    guarded.onError(new IOException("again"));

    assertThat(app.told).singleElement().isExactlyInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void whatTheClientCollectsFailsWithTheStall() {
    BodySubscriber<String> guarded = subscribed(BodyHandlers.ofString());
    CompletableFuture<String> body = guarded.getBody().toCompletableFuture();
    engine.run(Duration.ofSeconds(3));

    guarded.onError(new IOException("closed"));

    assertThat(body).isCompletedExceptionally();
    assertThat(catchThrowable(body::join)).hasCauseExactlyInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void aFailureAfterADecidedEndIsThatEnd() {
    BodySubscriber<Void> guarded = subscribed(head -> BodySubscribers.fromSubscriber(app));
    CompletableFuture<Void> body = guarded.getBody().toCompletableFuture();
    guarded.onNext(List.of(ByteBuffer.wrap(DONE.getBytes(UTF_8))));
    engine.run(Duration.ofSeconds(3));

    guarded.onError(new IOException("closed"));

    assertThat(app.told).containsExactly("an item", "the end");
    assertThat(body).isCompleted();
  }

  private <T> BodySubscriber<T> subscribed(BodyHandler<T> handler) {
    BodySubscriber<T> guarded = EventStream.guarded(handler, engine.engine());
    assertThat(guarded).isInstanceOf(GuardedBodySubscriber.class);
    guarded.onSubscribe(new EventStream());
    return guarded;
  }

  /** An app's own subscriber: keeps what it is told. */
  private static final class Recorder implements Flow.Subscriber<List<ByteBuffer>> {
    final List<Object> told = new ArrayList<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      told.add("an item");
    }

    @Override
    public void onError(Throwable failure) {
      told.add(failure);
    }

    @Override
    public void onComplete() {
      told.add("the end");
    }
  }
}
