package io.stallguard.core.engine;

import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Exchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that are watched: opens them, and shows those that are open by facts. Watchdog only,
 * unless said otherwise.
 */
public final class Streams implements DeadlineWheel.Watcher {
  private final Watchdog watchdog;

  public Streams(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  /**
   * Begins to watch a stream. Any thread.
   *
   * @param lane what its client delivers together with it, or null
   * @param host whether the short limits of its host are lifted
   */
  public Guard open(
      Exchange exchange, Limits limits, Abort abort, @Nullable Lane lane, HostLift host) {
    Guard guard = new Guard(exchange, limits, abort, lane, watchdog);
    guard.entry().host = host;
    watchdog.watch(guard);
    return guard;
  }

  /** Has a stream count as guarded; true if it has not counted before. Any thread. */
  public boolean count(Guard guard) {
    return guard.entry().count();
  }

  /** The streams that count as guarded. */
  public List<OpenStream> counted() {
    List<OpenStream> streams = new ArrayList<>();
    for (Guard guard : open()) {
      if (guard.entry().isCounted()) {
        streams.add(new OpenStream(guard, guard.now()));
      }
    }
    return streams;
  }

  /** What is known of each stream. */
  public List<StreamFacts> facts() {
    List<StreamFacts> facts = new ArrayList<>();
    for (Guard guard : open()) {
      facts.add(StreamFacts.of(guard, guard.now()));
    }
    return facts;
  }

  /** The threads that wait for a stream. */
  public Set<Thread> waiters() {
    Set<Thread> threads = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Guard guard : open()) {
      Thread waiter = guard.waiter();
      if (waiter != null && GuardWord.isWaiting(guard.word())) {
        threads.add(waiter);
      }
    }
    return threads;
  }

  /** Has each host told how many streams of it are open. */
  public void countByHost() {
    watchdog.each(this);
  }

  @Override
  public void look(StreamEntry entry) {
    if (entry.get() != null) {
      entry.host.found();
    }
  }

  /**
   * Has a stream aborted on which somebody waits, whatever its limits.
   *
   * @return what was done, for people
   */
  public String abort(long id) {
    for (Guard guard : open()) {
      if (guard.entry().id() == id) {
        watchdog.abort(guard);
        return outcome(guard) + ": " + guard.exchange();
      }
    }
    return "no stream " + id + " is open";
  }

  private static String outcome(Guard guard) {
    if (guard.isDecided()) {
      return "aborted";
    }
    return guard.entry().asked == null
        ? "left alone, as nobody waits for it now"
        : "asked for, the client decides on its own thread: the report tells";
  }

  private List<Guard> open() {
    List<Guard> guards = new ArrayList<>(watchdog.watched());
    watchdog.each(
        entry -> {
          Guard guard = entry.get();
          if (guard != null && GuardWord.stateOf(guard.word()) < GuardWord.STALLED) {
            guards.add(guard);
          }
        });
    return guards;
  }
}
