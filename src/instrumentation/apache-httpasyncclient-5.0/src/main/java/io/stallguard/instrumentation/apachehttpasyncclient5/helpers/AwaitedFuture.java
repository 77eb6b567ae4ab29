package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.jspecify.annotations.Nullable;

/** What an app waits for by one exchange: the future that its client gave it. Any thread. */
final class AwaitedFuture {
  // The client makes a future, and a connection is given a handler, from which no way leads back to
  // the future; but the request is the same object in both places. Futures know their exchange, and
  // that its request: so they are held weakly, or nothing would ever be collected. They live as
  // long as somebody may wait for them.

  /** What the app waits for, by requests that were not sent yet. */
  private static final Map<Object, AwaitedFuture> BY_REQUEST =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final WeakReference<Object> request;
  private volatile @Nullable WeakReference<BasicFuture<?>> future;

  private AwaitedFuture(Object request) {
    this.request = new WeakReference<>(request);
  }

  /** What will be waited for by a request that its client is about to bring to a connection. */
  static AwaitedFuture to(Object request) {
    AwaitedFuture awaited = new AwaitedFuture(request);
    BY_REQUEST.put(request, awaited);
    return awaited;
  }

  /** What is waited for by a request that is sent now; null if nobody has said what that is. */
  static @Nullable AwaitedFuture of(Object request) {
    AwaitedFuture awaited = BY_REQUEST.remove(request);
    // A request of the app's own may equal another one.
    return awaited != null && awaited.request.get() == request ? awaited : null;
  }

  /** Says what the app waits for, if that is a future of HttpCore. */
  void isOf(Object waited) {
    if (waited instanceof BasicFuture) {
      future = new WeakReference<>((BasicFuture<?>) waited);
    }
  }

  /** Whether somebody waits who is not told yet. */
  boolean isAwaited() {
    BasicFuture<?> waited = future();
    return waited != null && !waited.isDone();
  }

  /** Releases who waits. */
  void fail(Exception failure) {
    BasicFuture<?> waited = future();
    if (waited != null) {
      waited.failed(failure);
    }
  }

  private @Nullable BasicFuture<?> future() {
    WeakReference<BasicFuture<?>> known = future;
    return known == null ? null : known.get();
  }
}
