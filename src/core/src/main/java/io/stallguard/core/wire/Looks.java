package io.stallguard.core.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The looks before one verdict: two in a row that find nothing, with some ticks between them.
 * Watchdog only, but for {@link #run}.
 */
public final class Looks implements Runnable {
  // What the watchdog hands over lies in one volatile field, of which the other side only answers.

  /** The second look is for what was on its way from the kernel to the reader at the first. */
  private static final int IN_A_ROW = 2;

  /**
   * The time between the two looks where something has waited before: it has been fetched, and is
   * on its way through the threads of a client whose app was late just now.
   */
  private static final long ON_ITS_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final LastLook wire;
  private final Consumer<Throwable> failed;
  private final long patienceNanos;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable Look asked;
  private int nothings;
  private long dueAt = Long.MIN_VALUE;
  private boolean somethingWaited;

  /** Whether the looks that found something have found nobody to fetch it, and since when. */
  private boolean left;

  private long leftAt;

  /**
   * Makes the looks before a verdict.
   *
   * @param failed is told of looks that fail; any thread
   * @param patienceNanos after which a look that was not answered is asked for again, and what
   *     nobody fetches is given up
   */
  public Looks(LastLook wire, Consumer<Throwable> failed, long patienceNanos) {
    this.wire = wire;
    this.failed = failed;
    this.patienceNanos = patienceNanos;
  }

  /** What the looks have come to. */
  public enum Step {
    /** A look is to be asked for now: run this, off the watchdog unless it is quick. */
    ASK,
    /** Nothing is to be done now: a look is open, or the next is not due yet. */
    WAIT,
    /** Something waits to be read. Told once a look; then the looks begin anew. */
    WAITS,
    /** The server was kept from sending: the silence begins anew, and these looks are over. */
    NO_ROOM,
    /** Something waits, and the client has ceased to read it: a stall of its own. */
    UNFETCHED,
    /** Nothing waits to be read. */
    DONE
  }

  /**
   * Takes the next step, once a tick.
   *
   * @param pauseNanos between two looks
   * @param due whether the verdict is: the last look comes no sooner
   */
  public Step next(long now, long pauseNanos, boolean due) {
    Look open = asked;
    if (open == null || !open.isAnswered()) {
      return due || nothings + 1 < IN_A_ROW ? askAt(now, patienceNanos) : Step.WAIT;
    }
    asked = null;
    dueAt = now + pauseNanos;
    nothings = open.hasFoundNothing() ? nothings + 1 : 0;
    if (nothings == 0) {
      somethingWaited = true;
      return found(open, now);
    }
    if (somethingWaited) {
      dueAt = now + Math.max(pauseNanos, ON_ITS_WAY_NANOS);
    }
    return nothings < IN_A_ROW ? Step.WAIT : Step.DONE;
  }

  private Step found(Look answered, long now) {
    boolean first = !left;
    left = answered.hasFoundNobody();
    if (first) {
      leftAt = now;
    }
    if (left && now - leftAt >= patienceNanos) {
      return Step.UNFETCHED;
    }
    return answered.hasFoundNoRoom() ? Step.NO_ROOM : Step.WAITS;
  }

  private Step askAt(long now, long nextNanos) {
    if (now < dueAt) {
      return Step.WAIT;
    }
    dueAt = now + nextNanos;
    // One that was asked for before is asked for again: an answer counts however late it comes.
    if (asked == null) {
      asked = new Look();
    }
    return Step.ASK;
  }

  /** Whether {@link #run} may be called by the watchdog. */
  public boolean isQuick() {
    return wire.isQuick();
  }

  /**
   * Asks the wire, unless it is being asked: one that hangs is not asked a second time. A thread
   * for looks, or the watchdog.
   */
  @Override
  public void run() {
    Look open = asked;
    if (open == null || !asking.compareAndSet(false, true)) {
      return;
    }
    try {
      ask(open);
    } finally {
      asking.set(false);
    }
  }

  private void ask(Look open) {
    try {
      wire.ask(open);
    } catch (VirtualMachineError e) {
      // No memory, say: that tells nothing of the wire.
      failed.accept(e);
      open.waits();
    } catch (Throwable t) {
      failed.accept(t);
      open.nothing();
    }
  }
}
