package io.stallguard.instrumentation.javahttpclient.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.StuckEngine;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** An input stream behind a subscriber that gives it a subscription of its own. */
class HiddenReaderTest {
  private final StuckEngine engine = new StuckEngine("idle=1s,first-byte=1s");

  @Test
  void itsStreamDoesNotCountAsGuarded() {
    BodySubscriber<Void> guarded =
        EventStream.guarded(head -> BodySubscribers.fromSubscriber(new Hiding()), engine.engine());

    guarded.onSubscribe(new EventStream());

    assertThat(engine.engine().coverage().guarded()).isEmpty();
  }

  @Test
  void allOthersCountOnceTheyAreSubscribed() {
    BodySubscriber<String> guarded = EventStream.guarded(BodyHandlers.ofString(), engine.engine());
    assertThat(engine.engine().coverage().guarded()).isEmpty();

    guarded.onSubscribe(new EventStream());

    assertThat(engine.engine().coverage().guarded()).containsEntry("java-http-client", 1L);
  }

  /** What the advice in the JDK's input stream does when it is given a foreign subscription. */
  private static final class Hiding implements Flow.Subscriber<List<ByteBuffer>> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      GuardedBodySubscriber.standBackFromHiddenReader();
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
