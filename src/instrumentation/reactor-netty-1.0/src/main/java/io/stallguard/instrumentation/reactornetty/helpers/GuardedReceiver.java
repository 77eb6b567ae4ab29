package io.stallguard.instrumentation.reactornetty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.stallguard.core.engine.Demand;
import io.stallguard.core.engine.Guard;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Stands between a channel and the consumer of a body: sees what is asked for and what is taken.
 */
final class GuardedReceiver implements CoreSubscriber<Object>, Subscription {
  private final CoreSubscriber<Object> receiver;
  private final Object receive;
  private final Supplier<@Nullable Guard> guards;
  private @Nullable Subscription upstream;

  /**
   * The demand of the consumer; null where nothing is guarded: a body of another kind, a WebSocket,
   * a server's request.
   */
  private volatile @Nullable Demand demand;

  /**
   * Decorates a consumer.
   *
   * @param receive what it subscribes to
   * @param guards tells the guard of the body that the channel receives now
   */
  GuardedReceiver(
      CoreSubscriber<Object> receiver, Object receive, Supplier<@Nullable Guard> guards) {
    this.receiver = receiver;
    this.receive = receive;
    this.guards = guards;
  }

  @Override
  public Context currentContext() {
    return receiver.currentContext();
  }

  /**
   * Begins the demand, if the subscription is the channel's: from anything else comes no more than
   * the word that it is too late.
   */
  @Override
  public void onSubscribe(Subscription subscription) {
    Guard guard = subscription == receive ? guards.get() : null;
    if (guard == null) {
      receiver.onSubscribe(subscription);
      return;
    }
    upstream = subscription;
    if (Aggregation.isFedBy(receiver)) {
      guard.collected();
    }
    Demand begun = new Demand(guard);
    demand = begun;
    try {
      receiver.onSubscribe(this);
    } finally {
      begun.delivered();
    }
  }

  @Override
  public void request(long count) {
    Demand told = demand;
    if (told != null && count > 0) {
      told.requested(count);
    }
    Subscription channel = upstream;
    if (channel != null) {
      channel.request(count);
    }
  }

  @Override
  public void cancel() {
    Subscription channel = upstream;
    if (channel != null) {
      channel.cancel();
    }
  }

  @Override
  public void onNext(Object element) {
    Demand told = demand;
    if (told == null) {
      receiver.onNext(element);
      return;
    }
    if (isEmpty(element)) {
      told.delivering(0);
    } else {
      told.delivering();
    }
    try {
      receiver.onNext(element);
    } finally {
      told.delivered();
    }
  }

  private static boolean isEmpty(Object element) {
    Object content =
        element instanceof ByteBufHolder ? ((ByteBufHolder) element).content() : element;
    return content instanceof ByteBuf && !((ByteBuf) content).isReadable();
  }

  @Override
  public void onError(Throwable failure) {
    receiver.onError(failure);
  }

  @Override
  public void onComplete() {
    receiver.onComplete();
  }
}
