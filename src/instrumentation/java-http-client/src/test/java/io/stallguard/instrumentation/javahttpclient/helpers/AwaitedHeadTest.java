package io.stallguard.instrumentation.javahttpclient.helpers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.StuckEngine;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.wire.NothingDoneException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The wait for a head whose exchange this JVM shows no way to end: nothing is opened here. */
class AwaitedHeadTest {
  private static final Duration BEYOND = Duration.ofSeconds(3);
  private static final Duration MOST_OF_IT = Duration.ofMillis(900);

  private final StuckEngine engine = new StuckEngine("head=1s");
  private final CompletableFuture<Object> response = new CompletableFuture<>();
  private int forgotten;
  private final AwaitedHead head = head();
  private final Guard guard = guard();

  private AwaitedHead head() {
    ClassLoader client = getClass().getClassLoader();
    return new AwaitedHead(
        new Object(),
        ClientExchanges.of(engine.engine(), client),
        ClientLooks.of(engine.engine(), client),
        Runnable::run,
        () -> forgotten++);
  }

  private Guard guard() {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost/v1/x")).build();
    Guard opened = engine.engine().awaitHead(SentExchanges.described(request).build(), head);
    assertThat(opened).isNotNull();
    head.begin(opened, null);
    return opened;
  }

  @Test
  void releasesWhoWaitsAllTheSame() throws Exception {
    head.accept(response);
    engine.run(BEYOND);
    assertThat(guard.isStalled()).isTrue();

    head.abort(guard);

    assertThatThrownBy(response::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessageStartingWith("head limit of 1 s exceeded: no response head for ")
        .hasCauseInstanceOf(StallTimeoutException.class);
    assertThat(forgotten).isPositive();
  }

  @Test
  void isNoStallForAnAppThatHasEndedItsFuture() {
    head.accept(response);
    CompletableFuture<Object> returned = new CompletableFuture<>();
    head.returned(returned);

    returned.cancel(true);
    engine.run(BEYOND);

    assertThat(guard.isDecided()).isFalse();
    assertThat(response).isNotDone();
    assertThat(forgotten).isPositive();
  }

  @Test
  void isOverWithTheExchange() {
    head.accept(response);

    response.completeExceptionally(new HttpTimeoutException("request timed out"));
    engine.run(BEYOND);

    assertThat(guard.isDecided()).isFalse();
  }

  @Test
  void isOverWithAnExchangeThatCouldNotBegin() {
    head.accept(null);
    engine.run(BEYOND);

    assertThat(guard.isDecided()).isFalse();
    assertThat(forgotten).isOne();
  }

  @Test
  void beginsAnewOnceTheRequestHasBeenSent() {
    head.accept(response);
    engine.run(MOST_OF_IT);
    Object carrier = new Object();

    head.sent(carrier);
    engine.run(MOST_OF_IT);

    assertThat(guard.isDecided()).isFalse();
    // An interim head has come.
    head.sent(carrier);
    engine.run(MOST_OF_IT);
    assertThat(guard.isStalled()).isTrue();
  }

  @Test
  void isLeftAloneByARequestThatIsSentTooLate() {
    head.accept(response);
    head.over();

    head.sent(new Object());
    engine.run(BEYOND);

    assertThat(guard.isDecided()).isFalse();
  }

  @Test
  void isEndedLaterIfItsClientIsStillAboutToBeginIt() {
    engine.run(BEYOND);
    assertThat(guard.isStalled()).isTrue();

    assertThatThrownBy(() -> head.abort(guard)).isInstanceOf(NothingDoneException.class);
  }
}
