package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.CoroutineJob;
import io.stallguard.core.engine.Demand;
import io.stallguard.core.engine.Guard;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/** A body that is watched, and what its consumer has asked for. */
final class GuardedBody {
  // The client reads from the start: its window is open before anybody asks. It asks the consumer
  // for capacity when the window is used up, on HTTP/2 when half of it is; a consumer that then
  // gives none is taken to want none, whatever is left of the window.

  private final Guard guard;
  private final ExchangeAbort abort;
  private final Demand demand;
  private @Nullable GuardedCapacity capacity;

  /** Whether a subscriber asks for what it wants: then the client's window tells nothing. */
  private volatile boolean published;

  /**
   * Whether the publisher has got all of the body. Its connection may be another exchange's then,
   * so nobody may be taken to wait for it, but the subscriber has still to come to the end. Written
   * under the lock, under which the demand of a subscriber is told too.
   */
  private volatile boolean received;

  GuardedBody(Guard guard, ExchangeAbort abort) {
    this.guard = guard;
    this.abort = abort;
    this.demand = Demand.markedElsewhere(guard);
  }

  /** Within the taking of the head: whoever subscribes to this gets the body. */
  void publishedBy(Object publisher) {
    published = true;
    Publications.add(publisher, this);
  }

  /** Within the taking of the head: the consumer is the client's, and keeps all until the end. */
  void collected() {
    guard.collected();
  }

  /** Within the taking of the head: the consumer that gets the body works for a coroutine. */
  void readBy(CoroutineJob coroutine) {
    abort.readBy(coroutine);
  }

  /** The consumer has taken the head. */
  void begins() {
    if (!published) {
      demand.requested(Long.MAX_VALUE);
    }
    demand.delivered();
  }

  /** Whether a subscriber's demand counts, and not the consumer's. */
  boolean isPublished() {
    return published;
  }

  /** Whether the client's signals go on as they are: its publisher's are those that count. */
  boolean isPassedOn() {
    return published && !guard.isDecided();
  }

  /** The subscriber asks for more. Any thread. */
  synchronized void requested(long count) {
    if (!received) {
      demand.requested(count);
    }
  }

  /** The client brings bytes. */
  boolean delivering(ByteBuffer bytes) {
    guard.scan(bytes);
    return demand.delivering(bytes.remaining());
  }

  /** The client is about to ask for capacity. */
  boolean renewing() {
    return demand.renewing();
  }

  /** The consumer is back from a signal. */
  void delivered() {
    if (published) {
      settle();
    } else {
      demand.delivered();
    }
  }

  private synchronized void settle() {
    if (received) {
      demand.renewing();
    }
    demand.delivered();
  }

  /**
   * Whether the end that came by itself goes to the handler. A subscriber is told of it once it has
   * taken all before.
   */
  boolean passesEnd() {
    return published ? receive() : guard.completed() == BodyEnd.NORMAL;
  }

  private synchronized boolean receive() {
    received = demand.renewing();
    demand.delivered();
    return received;
  }

  /** Whether the exchange is over for the client, and not for a subscriber. */
  boolean isReceived() {
    return received;
  }

  /** The failure that stands for an end which came too early, if it did. */
  @Nullable Exception truncation() {
    return guard.truncation();
  }

  /** The end came to the subscriber: what it is to see instead, null if it is to see an end. */
  @Nullable Exception failureInsteadOfEnd() {
    if (guard.completed() == BodyEnd.NORMAL || guard.isEnded()) {
      return null;
    }
    Exception truncation = guard.truncation();
    return truncation != null ? truncation : guard.stallException(null);
  }

  /** A failure came to the subscriber: what it is to see instead. */
  Throwable failureInsteadOf(Throwable failure) {
    return guard.finished() || guard.isEnded() ? failure : guard.stallException(failure);
  }

  /** The exchange failed by itself, or is done with. */
  boolean finished() {
    return guard.finished();
  }

  /** Whether the stream is over by decision, and was not over for the client before. */
  boolean isDecided() {
    return !received && guard.isDecided();
  }

  /** The client brings an end, and the exchange is over by decision. */
  void broughtByClient(@Nullable Exception cause) {
    abort.broughtByClient(guard, cause);
  }

  /** The client's channel as the consumer is to see it. */
  CapacityChannel capacity(CapacityChannel channel) {
    GuardedCapacity known = capacity;
    if (known == null || known.channel != channel) {
      known = new GuardedCapacity(channel, demand);
      capacity = known;
    }
    return known;
  }

  /** Sees what the consumer asks for. */
  private static final class GuardedCapacity implements CapacityChannel {
    private final CapacityChannel channel;
    private final Demand demand;

    GuardedCapacity(CapacityChannel channel, Demand demand) {
      this.channel = channel;
      this.demand = demand;
    }

    @Override
    public void update(int increment) throws IOException {
      if (increment > 0) {
        demand.requested(Long.MAX_VALUE);
      }
      channel.update(increment);
    }
  }
}
