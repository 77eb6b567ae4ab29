package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.engine.Demand;
import io.stallguard.core.engine.Guard;
import java.io.InputStream;
import java.util.concurrent.Flow;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The subscription that the app's subscriber gets: sees what it asks for. */
final class GuardedSubscription
    implements Flow.Subscription, IntUnaryOperator, Supplier<@Nullable Throwable> {
  // The app's subscriber may be the JDK's input stream, at any depth of mapping. That one asks for
  // more ahead of its reader, so its requests say nothing; the advice in it tells instead, through
  // the JDK's IntUnaryOperator because it cannot see our types: 1 a reader may block, 0 it is back.
  // At the end it asks, through the JDK's Supplier, what the reader is to see instead of it.

  private static final int AWAITING = 1;

  private final Flow.Subscription upstream;
  private final Guard guard;
  private final Demand demand;
  private final BodyEnd end = new BodyEnd();
  private final BodyOutcome outcome;
  private volatile boolean readByThread;

  GuardedSubscription(Flow.Subscription upstream, Guard guard, Demand demand, BodyOutcome outcome) {
    this.upstream = upstream;
    this.guard = guard;
    this.demand = demand;
    this.outcome = outcome;
  }

  /** The subscriber is an input stream: only a thread in its read is demand. */
  void readFrom(InputStream stream) {
    readByThread = true;
    // The JDK's stream is the subscriber itself.
    outcome.readFrom((Flow.Subscriber<?>) stream);
  }

  boolean isReadByThread() {
    return readByThread;
  }

  /** A thread was found to be blocked in a read already. */
  void awaiting(Thread reader) {
    guard.awaiting(reader);
  }

  /**
   * Is told by the advice: 1 before a reader may block, 0 after it. Returns 1 if the 0 is wanted.
   */
  @Override
  public int applyAsInt(int phase) {
    boolean watched = phase == AWAITING ? guard.awaiting() : guard.satisfied();
    return watched ? 1 : 0;
  }

  /** What a reader meets at the end of the stream. */
  BodyEnd end() {
    return end;
  }

  /**
   * Is asked by the advice, where the stream ends, what the reader is to see instead; null for the
   * end.
   */
  @Override
  public @Nullable Throwable get() {
    return end.failure();
  }

  @Override
  public void request(long count) {
    if (!readByThread && count > 0) {
      demand.requested(count);
    }
    upstream.request(count);
  }

  @Override
  public void cancel() {
    guard.finished();
    upstream.cancel();
  }
}
