package io.stallguard.core.engine;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What an asynchronous consumer has asked for and not been given yet, in items. Tells its guard
 * when the consumer begins to wait, and when it no longer does.
 *
 * <p>Any thread may ask for more. The thread that brings the consumer a signal calls the other
 * methods, the watchdog {@link #isOwed(Guard)}.
 */
public final class Demand {
  // One word: the count, and in the lowest bit whether a signal is being delivered right now. A
  // consumer that is busy with a signal is not waiting, whatever it has asked for. Exactly one
  // thread sees the change to "asked for and not busy": the requester, if nobody delivers, or the
  // deliverer when it comes back. It alone tells the guard, so the two cannot cross, as long as
  // requests come one after another (Reactive Streams 2.7). Where they do not, one requester may
  // tell the guard so late that what the other asked for is being delivered, or was taken. So the
  // watchdog asks here before it believes the guard, and whoever tells the guard begins the silence
  // anew: what it was told too late is neither judged nor counted. Nothing that is owed is lost.

  private static final long DELIVERING = 1;
  private static final long ONE = 2;
  private static final long UNBOUNDED = Long.MAX_VALUE & ~DELIVERING;

  private final Guard guard;
  private final @Nullable BusyMark mark;

  /** The count begins with a signal that is being delivered: the subscription itself. */
  private final AtomicLong flow = new AtomicLong(DELIVERING);

  /**
   * Demand on a stream. The lane of the stream, if it has one, is shown when its consumer is busy.
   */
  public Demand(Guard guard) {
    this(guard, guard.mark());
  }

  private Demand(Guard guard, @Nullable BusyMark mark) {
    this.guard = guard;
    this.mark = mark;
    guard.demand = this;
  }

  /**
   * Demand on a stream where the client's decorator marks the consumer as busy in all its signals.
   */
  public static Demand markedElsewhere(Guard guard) {
    return new Demand(guard, null);
  }

  /** The consumer asks for more. Any thread; before the request is passed on. */
  public void requested(long count) {
    long seen;
    do {
      seen = flow.get();
    } while (!flow.compareAndSet(seen, sum(seen, count)));
    if (seen == 0) {
      waits();
    }
  }

  private void waits() {
    if (GuardWord.isWaiting(guard.word())) {
      guard.satisfied();
    }
    guard.requested();
  }

  /**
   * Whether a stream that seems to be waited for is: by a thread in a read, of which there is no
   * doubt, or by a consumer that is owed something and not busy. Watchdog only.
   */
  static boolean isOwed(Guard guard) {
    Demand counted = guard.demand;
    return counted == null || guard.waiter() != null || counted.isOwed();
  }

  private boolean isOwed() {
    long seen = flow.get();
    return seen >= ONE && (seen & DELIVERING) == 0;
  }

  private static long sum(long seen, long count) {
    long free = (UNBOUNDED - (seen & ~DELIVERING)) / ONE;
    return count >= free ? UNBOUNDED | (seen & DELIVERING) : seen + count * ONE;
  }

  /**
   * An item is about to be delivered, of whose bytes the guard is told here. An item without bytes
   * is an item all the same, but no arrival.
   *
   * @return false if the stream is over by decision: drop the item, and say {@link #delivered} all
   *     the same
   */
  public boolean delivering(long bytes) {
    deliveryBegins();
    return guard.arrived(bytes);
  }

  /**
   * An item is about to be delivered, of whose bytes the guard was told when they came. The silence
   * begins anew all the same: a client whose queue is full reads nothing, and the time that it
   * takes to hand over what is in it is none of the server's.
   */
  public void delivering() {
    deliveryBegins();
    guard.satisfied();
  }

  private void deliveryBegins() {
    long seen;
    do {
      seen = flow.get();
    } while (!flow.compareAndSet(seen, less(seen) | DELIVERING));
    busy();
  }

  private void busy() {
    if (mark != null) {
      mark.begins();
    }
  }

  /**
   * The consumer is about to be asked how much more it wants, or to be told that there is something
   * for it to fetch. What it asked for before counts no longer. What it asks for meanwhile counts
   * once it has said {@link #delivered}. A request by another thread at the very moment may be
   * lost, and then its silence is not noticed.
   *
   * @return false if the stream is over by decision: do not ask, and say {@link #delivered} all the
   *     same
   */
  public boolean renewing() {
    flow.set(DELIVERING);
    busy();
    return guard.unserved();
  }

  private static long less(long seen) {
    return seen < ONE || seen >= UNBOUNDED ? seen : seen - ONE;
  }

  /** The consumer is back from the signal; if it is still owed something, it waits from now on. */
  public void delivered() {
    if (mark != null) {
      mark.ends();
    }
    long seen;
    do {
      seen = flow.get();
    } while (!flow.compareAndSet(seen, seen & ~DELIVERING));
    if (seen >= ONE) {
      waits();
    }
  }
}
