package io.stallguard.instrumentation.javahttpclient.helpers;

import java.io.InputStream;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thread that blocked on a body before the body had its subscription. */
final class EarlyReader implements IntUnaryOperator, Supplier<@Nullable Throwable> {
  private final Readers readers;
  private final InputStream stream;
  private final Thread thread;
  private @Nullable GuardedSubscription subscription;
  private @Nullable BodyEnd end;

  EarlyReader(Readers readers, InputStream stream, Thread thread) {
    this.readers = readers;
    this.stream = stream;
    this.thread = thread;
  }

  /** Notes the subscription that the stream has got. Under the lock of the readers. */
  void found(@Nullable GuardedSubscription late, BodyEnd bodyEnd) {
    subscription = late;
    end = bodyEnd;
    if (late != null) {
      late.awaiting(thread);
    }
  }

  /** Is told by the advice that the thread is back. */
  @Override
  public int applyAsInt(int phase) {
    GuardedSubscription late;
    synchronized (readers) {
      readers.returned(stream);
      late = subscription;
    }
    return late == null ? 0 : late.applyAsInt(phase);
  }

  /**
   * Is asked by the advice, where the stream ends, what the reader is to see instead; null for the
   * end.
   */
  @Override
  public @Nullable Throwable get() {
    BodyEnd found;
    synchronized (readers) {
      found = end;
    }
    return found == null ? null : found.failure();
  }
}
