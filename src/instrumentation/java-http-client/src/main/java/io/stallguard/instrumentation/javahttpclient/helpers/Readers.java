package io.stallguard.instrumentation.javahttpclient.helpers;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings readers of body streams together with subscriptions, whichever comes first. Any thread.
 */
final class Readers {
  // The JDK hands out the stream with the response head, and subscribes it on another thread: a
  // reader may block before there is a subscription that it could tell. Weak on both sides, since
  // a subscription leads to its stream.

  private final Map<InputStream, WeakReference<GuardedSubscription>> subscribed =
      new WeakHashMap<>();
  private final Map<InputStream, EarlyReader> early = new WeakHashMap<>();

  /** A stream was given its subscription: its reader's waiting is the demand from now on. */
  synchronized void subscribed(InputStream stream, GuardedSubscription subscription) {
    subscription.readByThread();
    subscribed.put(stream, new WeakReference<>(subscription));
    EarlyReader reader = early.remove(stream);
    if (reader != null) {
      reader.found(subscription);
    }
  }

  /**
   * The calling thread is about to block on a stream that has no subscription, or has none left.
   */
  synchronized EarlyReader waits(InputStream stream) {
    EarlyReader reader = new EarlyReader(this, stream, Thread.currentThread());
    GuardedSubscription subscription = of(stream);
    if (subscription != null) {
      reader.found(subscription);
    } else {
      early.put(stream, reader);
    }
    return reader;
  }

  private @Nullable GuardedSubscription of(InputStream stream) {
    WeakReference<GuardedSubscription> subscription = subscribed.get(stream);
    return subscription == null ? null : subscription.get();
  }

  synchronized void returned(InputStream stream) {
    early.remove(stream);
  }
}
