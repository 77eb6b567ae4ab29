package io.stallguard.core.wire;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The probes of all executors that were asked so far, held as long as the executor is. Any thread.
 */
public final class PoolProbes {
  // By identity: equals() and hashCode() of an executor are code of the app.

  private final Map<Key, PoolProbe> probes = new HashMap<>();
  private final ReferenceQueue<Executor> gone = new ReferenceQueue<>();

  /** The one probe of an executor. Any thread. */
  public synchronized PoolProbe of(Executor executor) {
    for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
      probes.remove(key);
    }
    return probes.computeIfAbsent(new Key(executor, gone), key -> new PoolProbe());
  }

  synchronized int size() {
    return probes.size();
  }

  /** An executor, held weakly. */
  private static final class Key extends WeakReference<Executor> {
    private final int hash;

    Key(Executor executor, ReferenceQueue<Executor> queue) {
      super(executor, queue);
      this.hash = System.identityHashCode(executor);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      Executor mine = get();
      return other == this || (other instanceof Key && mine != null && mine == ((Key) other).get());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
