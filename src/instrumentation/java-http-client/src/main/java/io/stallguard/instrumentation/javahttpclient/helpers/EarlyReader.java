package io.stallguard.instrumentation.javahttpclient.helpers;

import java.io.InputStream;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A thread that blocked on a body before the body had its subscription. */
final class EarlyReader implements IntUnaryOperator {
  private final Readers readers;
  private final InputStream stream;
  private final Thread thread;
  private @Nullable GuardedSubscription subscription;

  EarlyReader(Readers readers, InputStream stream, Thread thread) {
    this.readers = readers;
    this.stream = stream;
    this.thread = thread;
  }

  /** Under the lock of the readers. */
  void found(GuardedSubscription late) {
    subscription = late;
    late.awaiting(thread);
  }

  /** From the advice, once the thread is back. */
  @Override
  public int applyAsInt(int phase) {
    GuardedSubscription late;
    synchronized (readers) {
      readers.returned(stream);
      late = subscription;
    }
    return late == null ? 0 : late.applyAsInt(phase);
  }
}
