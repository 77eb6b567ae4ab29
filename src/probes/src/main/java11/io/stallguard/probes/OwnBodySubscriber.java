package io.stallguard.probes;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes all that comes without one of the JDK's own subscribers between. */
final class OwnBodySubscriber implements BodySubscriber<Void> {
  private final BufferCollector collector;

  OwnBodySubscriber(Received received) {
    collector = new BufferCollector(received, Long.MAX_VALUE);
  }

  @Override
  public CompletionStage<Void> getBody() {
    return collector.done();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    collector.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    collector.onNext(item);
  }

  @Override
  public void onError(Throwable failure) {
    collector.onError(failure);
  }

  @Override
  public void onComplete() {
    collector.onComplete();
  }
}
