package io.stallguard.core.callbacks;

import io.stallguard.core.words.Daemon;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that apps are told what their clients' threads do not tell them in time. Threads of
 * ours only.
 */
public final class AppCallbacks {
  // Code of an app may block for ever, so it runs on none of the threads that other streams need:
  // each callback has a thread that ends with it, as no thread can change from one app's world into
  // another's. An executor is code of the app too. All these threads are started by one thread of
  // ours, which runs nothing of an app; whatever a new thread inherits is then the world's or ours.

  /** How long the client's own thread has to run a callback. */
  static final long PATIENCE_MILLIS = 1000;

  /** Threads that bring callbacks to executors, and stay if the executor runs them there. */
  private static final int MESSENGERS = 16;

  /** Threads that call the app in the client's place; with the messengers 64. */
  private static final int TELLERS = 48;

  /**
   * The part of the patience after which work of the client's is done: a second after the decision
   * nobody is to wait for a future any more.
   */
  private static final int LATE_SHARE = 2;

  private static final long KEEP_ALIVE_MILLIS = 10_000;
  private static final String NAME = "stallguard-callback";

  private final long patienceNanos;
  private final LateWork late = new LateWork();

  /** Callbacks in the order in which they were handed over. Under the lock, as all that follows. */
  private final Queue<Due> waiting = new ArrayDeque<>();

  private int messengers;
  private int tellers;
  private @Nullable Thread dispatcher;

  public AppCallbacks() {
    this(PATIENCE_MILLIS);
  }

  AppCallbacks(long patienceMillis) {
    this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
  }

  /** Gets ready what has to be had before memory is short; starts no thread. Any thread. */
  public void prepare() {
    late.pool();
  }

  /**
   * Has a callback run. Does not wait for it; may be asked again for the same.
   *
   * @param telling may be begun by the client's own threads meanwhile
   * @param world where it would have run
   * @param place the client's executor; null if the client's threads know of the callback already,
   *     or none of them ever comes
   */
  public synchronized void tell(Telling telling, AppWorld world, @Nullable Executor place) {
    if (!telling.queued && !telling.isBegun()) {
      telling.queued = true;
      waiting.add(new Due(telling, world, place));
    }
    if (dispatcher == null && !waiting.isEmpty()) {
      dispatcher = started();
    }
    notifyAll();
  }

  /**
   * Has a future completed if the client has not done so in half the time that it has for the
   * callback: as the last step of the same call, behind code of the app. Threads of ours only; may
   * be asked again for the same.
   *
   * @param telling the client's own way to complete it
   * @param world where a callback runs that is put {@link Aside} meanwhile
   * @param completion calls the app by such callbacks only; does nothing if the future is done
   * @throws OutOfMemoryError if no thread is to be had now
   */
  public void release(Telling telling, AppWorld world, Runnable completion) {
    later(() -> complete(telling, world, completion));
  }

  private void complete(Telling telling, AppWorld world, Runnable completion) {
    // One that is over has left the future to somebody else: a client that asks again, say.
    Runnable callback = telling.isOver() ? null : Aside.during(completion);
    if (callback != null && !telling.then(callback)) {
      tell(new Telling(() -> callback), world, null);
    }
  }

  /**
   * Has a client's own code run after half the time that it has for a callback. Threads of ours
   * only.
   *
   * @param work calls nothing of the app
   * @throws OutOfMemoryError if no thread is to be had now
   */
  public void later(Runnable work) {
    late.add(work, TimeUnit.NANOSECONDS.toMillis(patienceNanos) / LATE_SHARE);
  }

  /**
   * Has a client's own code run that an abort does without if need be, after half the time that the
   * client has for a callback. If no thread is to be had now, the work waits for a thread that
   * other such work gets. Threads of ours only.
   *
   * @param work calls nothing of the app
   */
  public void tidyLater(Runnable work) {
    try {
      later(work);
    } catch (OutOfMemoryError e) {
      // It is queued already, unless there is no memory for that either.
    }
  }

  /**
   * A dispatcher that has started; null if there is no thread to be had now: who is not told yet is
   * asked for again.
   */
  private @Nullable Thread started() {
    try {
      Thread thread = Daemon.of(this::dispatch, "stallguard-dispatch");
      thread.start();
      return thread;
    } catch (OutOfMemoryError e) {
      return null;
    }
  }

  private synchronized void dispatch() {
    try {
      do {
        wait(stepOrPause());
      } while (!waiting.isEmpty() || tellers + messengers > 0);
    } catch (InterruptedException e) {
      // Nobody has a reason to; the next callback has another dispatcher.
      Thread.currentThread().interrupt();
    } finally {
      dispatcher = null;
    }
  }

  private long stepOrPause() {
    try {
      return step();
    } catch (OutOfMemoryError e) {
      // No thread to be had: again in a while.
      return PATIENCE_MILLIS;
    }
  }

  /**
   * Begins the callbacks that are due.
   *
   * @return milliseconds until something may be due again
   */
  private long step() {
    long now = System.nanoTime();
    long next = TimeUnit.MILLISECONDS.toNanos(KEEP_ALIVE_MILLIS);
    for (Iterator<Due> i = waiting.iterator(); i.hasNext(); ) {
      Due due = i.next();
      if (due.telling.isBegun()) {
        i.remove();
      } else if (!due.onThread) {
        next = Math.min(next, begin(due, now));
      }
    }
    return TimeUnit.NANOSECONDS.toMillis(next) + 1;
  }

  private long begin(Due due, long now) {
    long left = due.since + patienceNanos - now;
    if (left <= 0) {
      if (tellers < TELLERS) {
        startTeller(due);
      }
      // Where all are taken the next one that ends wakes the dispatcher.
      return patienceNanos;
    }
    Executor place = due.place;
    if (place != null && messengers < MESSENGERS) {
      startMessenger(due, place);
    }
    return left;
  }

  // A thread that was started waits for the lock before it ends: it is counted by then.

  private void startTeller(Due due) {
    due.world.start(NAME, () -> call(due));
    due.onThread = true;
    tellers++;
  }

  private void startMessenger(Due due, Executor place) {
    due.world.start(NAME, () -> bring(due, place));
    due.place = null;
    messengers++;
  }

  private void call(Due due) {
    try {
      due.world.enter(quiet(due.telling));
    } finally {
      synchronized (this) {
        tellers--;
        due.onThread = false;
        // Not begun if it could not be made ready.
        due.since = System.nanoTime();
        notifyAll();
      }
    }
  }

  private void bring(Due due, Executor place) {
    boolean refused = false;
    try {
      due.world.enter(() -> place.execute(quiet(due.telling)));
    } catch (Throwable t) {
      // An executor that refuses is no place for it.
      refused = true;
    } finally {
      synchronized (this) {
        messengers--;
        due.since -= refused ? patienceNanos : 0;
        notifyAll();
      }
    }
  }

  private static Runnable quiet(Telling telling) {
    return () -> {
      try {
        telling.run();
      } catch (Throwable t) {
        // What it throws would be lost in its client too, and an executor's threads are to live on.
      }
    };
  }

  /** A callback that waits for a thread. */
  private static final class Due {
    final Telling telling;
    final AppWorld world;

    /** The client's executor; null once it was asked. */
    @Nullable Executor place;

    long since = System.nanoTime();

    /** Whether a thread of ours calls the app right now. */
    boolean onThread;

    Due(Telling telling, AppWorld world, @Nullable Executor place) {
      this.telling = telling;
      this.world = world;
      this.place = place;
    }
  }
}
