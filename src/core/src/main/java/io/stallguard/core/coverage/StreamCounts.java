package io.stallguard.core.coverage;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many answers were guarded and how many left alone, by what guards them. Any thread. */
final class StreamCounts {
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /** Counts an answer that is guarded; true for the first one. */
  boolean guarded(String client) {
    return of(client).guarded.getAndIncrement() == 0;
  }

  void headGuarded(String client) {
    of(client).heads.incrementAndGet();
  }

  boolean hasHeads() {
    for (Count count : counts.values()) {
      if (count.heads.get() > 0) {
        return true;
      }
    }
    return false;
  }

  void leftAlone(String client, String mediaType) {
    Count count = of(client);
    count.mediaType = mediaType;
    count.leftAlone.incrementAndGet();
  }

  private Count of(String client) {
    Count known = counts.get(client);
    return known == null ? counts.computeIfAbsent(client, name -> new Count()) : known;
  }

  /**
   * The counts of answers that were guarded and of heads that were waited for, by what guards them.
   */
  Map<String, Long> guarded() {
    Map<String, Long> guarded = new TreeMap<>();
    counts.forEach(
        (client, count) -> {
          long all = count.guarded.get() + count.heads.get();
          if (all > 0) {
            guarded.put(client, all);
          }
        });
    return guarded;
  }

  /** The media type of an answer that was left alone, if no other was guarded; else null. */
  @Nullable String onlyLeftAlone(String client) {
    Count count = counts.get(client);
    return count == null || count.guarded.get() > 0 || count.leftAlone.get() == 0
        ? null
        : count.mediaType;
  }

  /** The counts of one client. */
  private static final class Count {
    private final AtomicLong guarded = new AtomicLong();
    private final AtomicLong heads = new AtomicLong();
    private final AtomicLong leftAlone = new AtomicLong();
    private volatile String mediaType = "";
  }
}
