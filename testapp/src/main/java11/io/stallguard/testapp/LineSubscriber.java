package io.stallguard.testapp;

import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * Asks for one line after the other; how the body ended is told by the future that the JDK derives
 * from it.
 */
final class LineSubscriber implements Subscriber<String> {
  private final AnswerLines lines;
  private Subscription subscription;

  LineSubscriber(AnswerLines lines) {
    this.lines = lines;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(String line) {
    lines.accept(line);
    subscription.request(1);
  }

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
