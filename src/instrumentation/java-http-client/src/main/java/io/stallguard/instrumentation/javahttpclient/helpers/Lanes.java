package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.engine.Lane;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The HTTP/2 connections of each client, as far as can be told: one for each origin. Any thread.
 *
 * <p>All subscribers of such a connection run on the thread that reads it.
 */
final class Lanes {
  // A lane is held by the exchanges in it, through their guards and marks, and by nobody else: a
  // crawler's client meets more origins than there is room for. An exchange that never ends by
  // itself, as that of a publisher to which nobody subscribes, goes with what the app had of it.

  private final Map<Object, Map<String, Held>> byClient = new WeakHashMap<>();
  private final ReferenceQueue<Lane> left = new ReferenceQueue<>();

  /** The lane of the connection that this client has to this place. */
  synchronized Lane of(Object client, URI uri) {
    forgetLeft();
    Map<String, Held> lanes = byClient.computeIfAbsent(client, c -> new HashMap<>());
    String origin = uri.getScheme() + "://" + uri.getAuthority();
    Held known = lanes.get(origin);
    Lane lane = known == null ? null : known.get();
    if (lane == null) {
      lane = new Lane();
      lanes.put(origin, new Held(lane, left, lanes, origin));
    }
    return lane;
  }

  private void forgetLeft() {
    for (Reference<? extends Lane> gone = left.poll(); gone != null; gone = left.poll()) {
      ((Held) gone).forget();
    }
  }

  /** How many lanes are known, those included that nobody has noticed to be gone. */
  synchronized int size() {
    forgetLeft();
    return byClient.values().stream().mapToInt(Map::size).sum();
  }

  /** A lane that lives as long as others hold it. */
  private static final class Held extends WeakReference<Lane> {
    private final Map<String, Held> lanes;
    private final String origin;

    Held(Lane lane, ReferenceQueue<Lane> left, Map<String, Held> lanes, String origin) {
      super(lane, left);
      this.lanes = lanes;
      this.origin = origin;
    }

    /** Forgets this lane; there may be another one for the same place by now. */
    void forget() {
      boolean unused = lanes.remove(origin, this);
    }
  }
}
