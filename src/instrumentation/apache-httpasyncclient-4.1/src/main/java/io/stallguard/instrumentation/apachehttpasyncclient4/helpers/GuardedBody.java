package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.Demand;
import io.stallguard.core.engine.Guard;
import java.nio.ByteBuffer;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.jspecify.annotations.Nullable;

/** A body that is watched, and whether its consumer wants more. */
final class GuardedBody {
  // The client reads from the start and tells the consumer that there is something; the consumer
  // fetches it, and may suspend the input, from any thread. Who wants what is under a lock, a few
  // times for each chunk: a consumer that suspends while the connection's thread comes back from it
  // must not be taken for one that waits.
  //
  // A consumer that hands over to a thread that reads, by way of HttpCore's buffer, is told apart:
  // what was fetched lies there until the reader wants more, and then the buffer asks for input.

  private final Guard guard;
  private final Demand demand;

  /** The decoder that the consumer sees. The connection's thread only. */
  private @Nullable GuardedDecoder decoder;

  /** The control that the consumer sees. The connection's thread only. */
  private @Nullable GuardedControl control;

  /** Whether the consumer wants no more for now. Under the lock. */
  private boolean unwanted;

  /** Whether the connection's thread is in the consumer. Under the lock. */
  private boolean busy;

  /** Whether the consumer has looked for more than there was. The connection's thread only. */
  private boolean looked;

  /** Whether what is fetched goes to a buffer with a reader of its own. Under the lock. */
  private boolean buffered;

  GuardedBody(Guard guard) {
    this.guard = guard;
    this.demand = new Demand(guard);
  }

  /** The consumer has taken the response head. */
  synchronized void begins() {
    demand.requested(Long.MAX_VALUE);
    demand.delivered();
  }

  /**
   * The consumer is about to be told that there is something. If it lets that lie, it is no silence
   * of the server either; if that is nothing of the body, the silence goes on.
   *
   * @return false if the stream is over by decision: do not tell it
   */
  synchronized boolean delivering() {
    boolean open = demand.renewing();
    busy = true;
    looked = false;
    return open;
  }

  /** The consumer has fetched bytes. */
  void fetched(ByteBuffer bytes) {
    guard.scan(bytes);
    guard.arrived(bytes.remaining());
    hold();
  }

  private synchronized void hold() {
    unwanted |= buffered;
  }

  /** The consumer has looked for bytes, and there were none. */
  void foundNothing() {
    looked = true;
  }

  /** The consumer fetches into a buffer that has a reader of its own. */
  synchronized void buffers() {
    buffered = true;
  }

  /** The consumer is back. */
  synchronized void delivered() {
    busy = false;
    if (!looked) {
      guard.satisfied();
    }
    if (!unwanted) {
      demand.requested(Long.MAX_VALUE);
    }
    demand.delivered();
  }

  /** The consumer wants more. Any thread. */
  synchronized void wanted() {
    unwanted = false;
    if (!busy) {
      demand.requested(Long.MAX_VALUE);
    }
  }

  /** The consumer does not want more for now. Any thread. */
  synchronized void unwanted() {
    unwanted = true;
    if (!busy) {
      demand.renewing();
      guard.satisfied();
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
  BodyEnd completed() {
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
