package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.Demand;
import io.stallguard.core.Guard;
import java.nio.ByteBuffer;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.jspecify.annotations.Nullable;

/** A body that is watched, and whether its consumer wants more. */
final class GuardedBody {
  // The client reads from the start and tells the consumer that there is something; the consumer
  // fetches it, and may suspend the input, from any thread. What is not marked otherwise belongs
  // to the connection's thread.

  private final Guard guard;
  private final Demand demand;
  private boolean fetched;
  private @Nullable GuardedDecoder decoder;
  private @Nullable GuardedControl control;

  /** Whether the consumer wants no more for now. Any thread. */
  private volatile boolean suspended;

  /** The thread in the consumer, if one is. Any thread. */
  private volatile @Nullable Thread deliverer;

  GuardedBody(Guard guard) {
    this.guard = guard;
    this.demand = new Demand(guard);
    wanted();
  }

  /** The consumer has taken the response head. */
  void begins() {
    demand.delivered();
  }

  /**
   * The consumer is about to be told that there is something.
   *
   * @return false if the stream is over by decision: do not tell it
   */
  boolean delivering() {
    if (guard.isStalled() || guard.isEnded()) {
      return false;
    }
    fetched = false;
    deliverer = Thread.currentThread();
    demand.approaching();
    return true;
  }

  /** The consumer has fetched bytes. */
  void fetched(ByteBuffer bytes) {
    guard.scan(bytes);
    if (fetched) {
      guard.arrived(bytes.remaining());
    } else {
      fetched = true;
      demand.delivering(bytes.remaining());
    }
  }

  /** The consumer is back. */
  void delivered() {
    deliverer = null;
    if (!fetched && !suspended) {
      // It let them lie, which is no silence of the server.
      demand.renewing();
      wanted();
    }
    demand.delivered();
  }

  /** The consumer wants more. Any thread. */
  void wanted() {
    suspended = false;
    demand.requested(Long.MAX_VALUE);
  }

  /** The consumer does not want more for now. Any thread. */
  void unwanted() {
    suspended = true;
    demand.renewing();
    if (deliverer != Thread.currentThread()) {
      demand.delivered();
    }
  }

  /** The client's decoder as the consumer is to see it. */
  ContentDecoder decoder(ContentDecoder plain) {
    GuardedDecoder known = decoder;
    if (known == null || !known.isOf(plain)) {
      known = new GuardedDecoder(plain, this);
      decoder = known;
    }
    return known;
  }

  /** The client's control as the consumer is to see it. */
  IOControl control(IOControl plain) {
    GuardedControl known = control;
    if (known == null || !known.isOf(plain)) {
      known = new GuardedControl(plain, this);
      control = known;
    }
    return known.proxy();
  }

  /** The control that the consumer saw last; null if it has seen none. */
  @Nullable IOControl control() {
    GuardedControl known = control;
    return known == null ? null : known.proxy();
  }

  /** The end came by itself. */
  boolean completed() {
    return guard.completed();
  }

  /** What the app is to see instead of the end that came, null if it is to see an end. */
  @Nullable Exception failure() {
    if (guard.isEnded()) {
      return null;
    }
    Exception truncation = guard.truncation();
    return truncation != null ? truncation : guard.stallException(null);
  }

  /** The exchange failed by itself, or the app has ended it. */
  boolean finished() {
    return guard.finished();
  }
}
