package io.stallguard.instrumentation.reactornetty.helpers;

import io.stallguard.core.engine.Guard;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Decorates a consumer as the instrumentation of Reactor Netty does. */
public final class GuardedReceivers {
  private GuardedReceivers() {}

  /** The consumer, whose demand the guard is told, subscribed. */
  public static CoreSubscriber<Object> subscribed(
      CoreSubscriber<Object> consumer, Subscription channel, Guard guard) {
    GuardedReceiver receiver = new GuardedReceiver(consumer, channel, () -> guard);
    receiver.onSubscribe(channel);
    return receiver;
  }
}
