package io.stallguard.core.engine;

import io.stallguard.core.words.BoundedQueue;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Phase;
import io.stallguard.core.words.SilenceEnd;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener and the breakers what became of streams. Threads of streams note here what
 * ended by itself, and the watchdog passes it on at its next tick; of a stream that is over by
 * decision it tells at once. Any thread, but for the passing on.
 */
public final class Notices {
  // What is counted is counted at once. The rest is for records and reports, and may be left out
  // where the watchdog does not come or there is no memory: no thread of the app fails for it.

  /**
   * How many notices may wait: ten times what 10,000 streams bring that all end within a second.
   * They hold facts of streams, 0.3 kB each: 5 MB at most, while the watchdog is stuck.
   */
  static final int MOST = 16_384;

  /**
   * The shortest gap that is told: the clock may step by this much, so what is shorter cannot be
   * told from nothing.
   */
  private static final long SHORTEST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** The shortest wait that is given up: who closes a stream sooner may want no more of it. */
  private static final long GIVEN_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Watchdog watchdog;
  private final WatchdogListener listener;
  private final HostsThatGoOn hosts = new HostsThatGoOn();
  private @Nullable HostStalls breakers;
  private final BoundedQueue<Runnable> waiting = new BoundedQueue<>(MOST);

  Notices(Watchdog watchdog, WatchdogListener listener) {
    this.watchdog = watchdog;
    this.listener = listener;
  }

  /** Who is to hear of what the streams of a host do. Before anything is watched. */
  public void breakers(HostStalls told) {
    breakers = told;
  }

  /** A silence that was reported in mode observe is over. */
  void silenceEnded(Guard guard, long since, long now, SilenceEnd how) {
    listener.count(how);
    try {
      StreamFacts stream = StreamFacts.of(guard, now);
      Silence silence = Silence.of(guard, since, now);
      tell(() -> listener.silenceEnded(stream, silence, how));
    } catch (OutOfMemoryError e) {
      waiting.leaveOut();
    }
  }

  /** Content came long after a mark: no mark of this host ends a stream any more. */
  void goesOn(Exchange exchange) {
    String host = exchange.authority();
    if (hosts.add(host)) {
      tell(
          () ->
              listener.inform(
                  "no done-grace for "
                      + host
                      + " any more, as a stream went on after a terminal event or an error: "
                      + exchange));
    }
  }

  /** Whether streams of this exchange's host were seen to go on after a mark. */
  boolean isGoingOn(Exchange exchange) {
    return hosts.contains(exchange.authority());
  }

  /** The silence under demand is about to be over: its length is known before that. */
  void silenceEnds(Guard guard, long seen, long now, SilenceEnd how) {
    long silent = guard.silentNanos(seen, now);
    // Nearly every read: nobody had to wait longer than before.
    if (how != SilenceEnd.GIVEN_UP && guard.progress().mayGrow(silent)) {
      keep(guard, now - silent, now, phase(guard, now - silent, how));
    }
  }

  private static void keep(Guard guard, long since, long now, Phase phase) {
    if (phase != Phase.AFTER_DONE) {
      guard.progress().gap(now - since, phase == Phase.FIRST_BYTE);
    }
  }

  private static Phase phase(Guard guard, long since, SilenceEnd how) {
    if (InForce.isOfGrace(guard, since)) {
      return Phase.AFTER_DONE;
    }
    boolean first = guard.progress().isFirstGap(how == SilenceEnd.RESUMED);
    return first ? Phase.FIRST_BYTE : Phase.BODY;
  }

  /** The silence under demand, if any, is over. */
  void silenceOver(Guard guard, long seen, long now, SilenceEnd how) {
    long since = now - guard.silentNanos(seen, now);
    if (now - since >= SHORTEST_GAP_NANOS && isGap(guard, how)) {
      gap(guard, since, now, phase(guard, since, how));
    }
    if (GuardWord.isReported(seen)) {
      silenceEnded(guard, since, now, how);
    }
  }

  /**
   * Whether a stream that ends like this has been given up: an asynchronous consumer waits all the
   * time, and may well close a stream that has said all, or cancel one.
   *
   * @param reported whether a silence that lasted until then was reported as a stall
   */
  private static boolean isGivenUp(Guard guard, boolean reported, long silentNanos) {
    return !guard.events().isDone() && (reported || silentNanos >= GIVEN_UP_NANOS);
  }

  /**
   * Whether a silence that ended like this is a gap. A stream that breaks off does not tell how
   * long others may be silent.
   */
  private static boolean isGap(Guard guard, SilenceEnd how) {
    return how == SilenceEnd.RESUMED || (how == SilenceEnd.ENDED && !isCutShort(guard));
  }

  private static boolean isCutShort(Guard guard) {
    return guard.events().answer().isCutShort();
  }

  private void gap(Guard guard, long since, long now, Phase phase) {
    keep(guard, since, now, phase);
    try {
      StreamFacts stream = StreamFacts.of(guard, now);
      Silence silence = Silence.of(guard, since, now);
      tell(() -> listener.gap(stream, silence, phase));
      if (guard.entry().host.isOn()) {
        tellBreakers(told -> told.gap(guard, silence, phase));
      }
    } catch (OutOfMemoryError e) {
      waiting.leaveOut();
    }
  }

  /**
   * A stream is over, not by decision.
   *
   * @param how given up if it failed or the app closed it
   * @param ofEvents its silence of events, if one was reported
   */
  void over(Guard guard, long seen, SilenceEnd how, ReportedSilence ofEvents) {
    long now = watchdog.clock().now();
    if (how == SilenceEnd.ENDED) {
      BodyScan.end(guard, watchdog);
    }
    silenceOver(guard, seen, now, how);
    boolean reported = ofEvents.isOver(guard, this, how) || GuardWord.isReported(seen);
    boolean awaited = GuardWord.isWaiting(seen);
    if (how == SilenceEnd.ENDED) {
      guard.events().ends(now, awaited);
    }
    boolean givenUp =
        how == SilenceEnd.GIVEN_UP
            ? isGivenUp(guard, reported, guard.silentNanos(seen, now))
            : isCutShort(guard);
    try {
      StreamFacts stream = StreamFacts.of(guard, now);
      tell(() -> listener.over(stream, givenUp));
      if (guard.entry().host.isOn() && !givenUp) {
        tellBreakers(told -> told.events(guard));
      }
    } catch (OutOfMemoryError e) {
      waiting.leaveOut();
    }
  }

  /**
   * A stream has ended without its terminal event, or with an error.
   *
   * @return what is told of it, one line
   */
  String truncated(Guard guard) {
    listener.countTruncated();
    String message = Truncation.message(StreamFacts.of(guard, watchdog.clock().now()));
    tell(() -> listener.truncated(message));
    return message;
  }

  private void tellBreakers(Consumer<HostStalls> notice) {
    HostStalls told = breakers;
    if (told != null) {
      tell(() -> notice.accept(told));
    }
  }

  /**
   * A stream is over by decision: the listener hears that first, and breakers then. Watchdog only.
   */
  void tripped(Guard guard, Stall stall) {
    listener.tripped(stall);
    if (breakers != null) {
      breakers.tripped(guard, stall);
    }
  }

  /** Lets something be told by the watchdog, or by the thread that ends the JVM. */
  public void tell(Runnable notice) {
    waiting.offer(notice);
    watchdog.wake();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Forgets what waits: nobody is to hear of it any more. Watchdog only. */
  void drop() {
    while (waiting.poll() != null) {
      // Each may hold a stream.
    }
  }

  /** Passes on what waits, and lets breakers look at the time. Watchdog only. */
  void tick() {
    passOn();
    if (breakers != null) {
      breakers.tick();
    }
  }

  /** Passes on what waits. On each tick, and by the thread that ends the JVM. */
  public void passOn() {
    for (Runnable notice = waiting.poll(); notice != null; notice = waiting.poll()) {
      notice.run();
    }
    long leftOut = waiting.takeLeftOut();
    if (leftOut > 0) {
      listener.leftOut(leftOut);
    }
  }
}
