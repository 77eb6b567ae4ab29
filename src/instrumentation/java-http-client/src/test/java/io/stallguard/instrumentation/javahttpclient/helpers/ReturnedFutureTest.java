package io.stallguard.instrumentation.javahttpclient.helpers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.callbacks.AppWorld;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the client should complete and does not. */
class ReturnedFutureTest {
  private final AppCallbacks callbacks = new AppCallbacks();
  private final HttpTimeoutException failure = new HttpTimeoutException("stalled");
  private final CompletableFuture<Object> given = new CompletableFuture<>();
  private final ReturnedFuture returned = new ReturnedFuture();

  @Test
  void failsAsIfTheClientHadCompletedIt() {
    AtomicReference<Throwable> told = new AtomicReference<>();
    CompletableFuture<Object> dependent = given.whenComplete((answer, thrown) -> told.set(thrown));
    returned.is(given);

    returned.fail(failure, AppWorld.ofCaller(), callbacks);

    assertThatThrownBy(() -> dependent.get(1, TimeUnit.MINUTES)).hasCause(failure);
    assertThatThrownBy(() -> given.get(1, TimeUnit.MINUTES)).hasCause(failure);
    assertThat(told.get()).isInstanceOf(CompletionException.class).hasCause(failure);
    assertThat(returned.isDone()).isTrue();
  }

  @Test
  void isLeftAsTheAppHasEndedIt() {
    returned.is(given);
    given.complete("mine");

    returned.fail(failure, AppWorld.ofCaller(), callbacks);

    assertThat(given).isCompletedWithValue("mine");
  }
}
