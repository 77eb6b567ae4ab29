package io.stallguard.instrumentation.javahttpclient.helpers;

import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Brings readers of body streams together with subscriptions, whichever comes first. Any thread.
 */
final class Readers {
  // The JDK hands out the stream with the response head, and subscribes it on another thread: a
  // reader may block before there is a subscription that it could tell. Weak on both sides, since
  // a subscription leads to its stream.

  private final Map<InputStream, Subscribed> subscribed = new WeakHashMap<>();
  private final Map<InputStream, EarlyReader> early = new WeakHashMap<>();

  /** A stream was given its subscription: its reader's waiting is the demand from now on. */
  synchronized void subscribed(InputStream stream, GuardedSubscription subscription) {
    subscription.readFrom(stream);
    subscribed.put(stream, new Subscribed(subscription));
    EarlyReader reader = early.remove(stream);
    if (reader != null) {
      reader.found(subscription, subscription.end());
    }
  }

  /**
   * The calling thread is about to block on a stream that has no subscription, or has none left.
   */
  synchronized EarlyReader waits(InputStream stream) {
    EarlyReader reader = new EarlyReader(this, stream, Thread.currentThread());
    Subscribed seen = subscribed.get(stream);
    if (seen == null) {
      early.put(stream, reader);
    } else {
      reader.found(seen.subscription.get(), seen.end);
    }
    return reader;
  }

  synchronized void returned(InputStream stream) {
    early.remove(stream);
  }

  /** A stream's subscription, held weakly, and what is left for its reader when that is gone. */
  private static final class Subscribed {
    final WeakReference<GuardedSubscription> subscription;
    final BodyEnd end;

    Subscribed(GuardedSubscription subscription) {
      this.subscription = new WeakReference<>(subscription);
      this.end = subscription.end();
    }
  }
}
