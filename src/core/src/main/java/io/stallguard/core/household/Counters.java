package io.stallguard.core.household;

import io.stallguard.core.engine.Incident;
import io.stallguard.core.words.LimitKind;
import io.stallguard.core.words.SilenceEnd;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts streams, stalls, ends and failures since the agent started. Any thread. */
public final class Counters {
  private static final LimitKind[] LIMITS = {
    LimitKind.IDLE,
    LimitKind.FIRST_BYTE,
    LimitKind.EVENT_IDLE,
    LimitKind.TOTAL,
    LimitKind.HEAD,
    LimitKind.CONNECT,
    LimitKind.DONE_GRACE,
    LimitKind.OPERATOR
  };

  private final AtomicLong guarded = new AtomicLong();
  private final AtomicLong endedAfterDone = new AtomicLong();
  private final AtomicLong truncated = new AtomicLong();
  private final AtomicLong resumed = new AtomicLong();
  private final AtomicLong endedInSilence = new AtomicLong();
  private final AtomicLong givenUp = new AtomicLong();
  private final AtomicLong foundWaiting = new AtomicLong();
  private final AtomicLong failedAborts = new AtomicLong();
  private final Map<String, AtomicLong> stalled = new ConcurrentHashMap<>();

  /**
   * Makes the counters, those of all limits at once: what is counted may be a stall for want of
   * memory.
   */
  Counters() {
    for (LimitKind limit : LIMITS) {
      stalled.put(limit.text(), new AtomicLong());
    }
  }

  public void addGuarded() {
    guarded.incrementAndGet();
  }

  /** Counts a stall, or in mode observe what would have been one, by the limit's name. */
  public void addStalled(String limit) {
    AtomicLong known = stalled.get(limit);
    AtomicLong count =
        known != null ? known : stalled.computeIfAbsent(limit, n -> new AtomicLong());
    count.incrementAndGet();
  }

  void addEndedAfterDone() {
    endedAfterDone.incrementAndGet();
  }

  void addTruncated() {
    truncated.incrementAndGet();
  }

  /** Counts how a silence ended that was reported in mode observe. */
  void add(SilenceEnd how) {
    switch (how) {
      case RESUMED:
        resumed.incrementAndGet();
        break;
      case ENDED:
        endedInSilence.incrementAndGet();
        break;
      default:
        givenUp.incrementAndGet();
        break;
    }
  }

  void addFoundWaiting() {
    foundWaiting.incrementAndGet();
  }

  /** Counts an incident in which nothing could be done to the exchange, once. Who reports only. */
  void countFailure(Incident incident) {
    if (incident.takeFailure()) {
      failedAborts.incrementAndGet();
    }
  }

  /** Streams that a guard was opened for. */
  public long guarded() {
    return guarded.get();
  }

  /** Streams whose end was told to the app because the connection stayed open. */
  public long endedAfterDone() {
    return endedAfterDone.get();
  }

  /** Streams that ended without the terminal event of their format. */
  public long truncated() {
    return truncated.get();
  }

  /** Silences that were reported in mode observe, and then bytes came. */
  public long resumed() {
    return resumed.get();
  }

  /** Silences that were reported in mode observe, and then the end came by itself. */
  public long endedInSilence() {
    return endedInSilence.get();
  }

  /** Silences that were reported in mode observe until the client closed, cancelled or failed. */
  public long givenUp() {
    return givenUp.get();
  }

  /** Verdicts that were put off, as something waited to be read that the app had not fetched. */
  public long foundWaiting() {
    return foundWaiting.get();
  }

  /** Aborts that failed, with their escalation. */
  public long failedAborts() {
    return failedAborts.get();
  }

  /** Stalls by the name of the limit that was exceeded. */
  public Map<String, Long> stalled() {
    Map<String, Long> counts = new TreeMap<>();
    stalled.forEach(
        (limit, count) -> {
          if (count.get() > 0) {
            counts.put(limit, count.get());
          }
        });
    return counts;
  }
}
