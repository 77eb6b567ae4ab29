package io.stallguard.testapp;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What stood still in one JVM, and when; times are of {@link System#nanoTime()}. */
final class ChaosHolds {
  /** The name under which a stop stands beside that of what it holds up. */
  private static final String STOP = "stop";

  private final List<Hold> holds = new CopyOnWriteArrayList<>();

  void add(ChaosEvent.Kind kind, long beginNanos, long endNanos) {
    holds.add(new Hold(kind.key(), beginNanos, endNanos));
    if (kind == ChaosEvent.Kind.STOP) {
      holds.add(new Hold(STOP, beginNanos, endNanos));
    }
  }

  /** The consumer of this stream is busy, and with it whatever stands on the same threads. */
  void add(ChaosStream busy, long beginNanos, long endNanos) {
    holds.add(new Hold(busy.key(), beginNanos, endNanos));
    if (!busy.key().equals(busy.id())) {
      holds.add(new Hold(busy.id(), beginNanos, endNanos));
    }
  }

  /** When the stream that this is the id of wanted more after it was busy, 0 if it was not. */
  long endNanos(String id) {
    return holds.stream().filter(each -> each.key.equals(id)).findFirst().map(Hold::end).orElse(0L);
  }

  /**
   * Until when a reader may have been held up that waits since a point in time.
   *
   * @param reachNanos how long after the end of one the next may begin and still count
   * @param beforeNanos what begins later does not count
   */
  long untilNanos(Set<String> keys, long sinceNanos, long reachNanos, long beforeNanos) {
    long until = sinceNanos;
    List<Hold> inOrder =
        holds.stream()
            .filter(each -> keys.contains(each.key) && each.begin - beforeNanos < 0)
            .sorted(Comparator.comparingLong(Hold::begin))
            .toList();
    for (Hold hold : inOrder) {
      if (hold.begin - until < reachNanos && hold.end - until > 0) {
        until = hold.end;
      }
    }
    return until;
  }

  /** How long the JVM was stopped between two points in time. */
  long stoppedNanos(long beginNanos, long endNanos) {
    return holds.stream()
        .filter(each -> each.key.equals(STOP))
        .mapToLong(each -> Math.min(each.end, endNanos) - Math.max(each.begin, beginNanos))
        .filter(each -> each > 0)
        .sum();
  }

  /** Something that stood still. */
  private record Hold(String key, long begin, long end) {}
}
