package io.stallguard.core.wire;

import io.stallguard.core.callbacks.AppWorld;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks an executor of the app whether it gets to its work: by a task that does nothing, which all
 * streams of the executor share. For threads for looks; the task runs on a thread of the app's.
 */
public final class PoolProbe {
  // A task that has run proves that all that was queued before it has been begun, and nothing of
  // what came later. So a look that comes while a task is on its way is answered by the next one.
  // That cannot be sent by the app's thread which brings the first one back: execute() may block.
  // So the first look that has to wait does so on its own thread, for a while. If none waits any
  // more when the task is back, the pool was late, and that is what those are told that came
  // meanwhile.
  //
  // An executor may drop tasks without a word. Who asks again for the same verdict had no answer
  // for a whole limit, and sends another task unless that was done since it asked.

  /** How long a look waits on its thread: far more than a pool takes that has time. */
  private static final long PATIENCE_MILLIS = 1000;

  private final long patienceMillis;
  private final PoolThreads threads = new PoolThreads();

  // All below under the lock.

  /** The looks that are answered by the task that is on its way; null if there is no such task. */
  private @Nullable Batch sent;

  /** The looks that came since that task was sent. */
  private Batch next = new Batch();

  /** How many threads of ours are within the executor. */
  private int senders;

  /** Whether a look waits to send the next task. */
  private boolean succeeded;

  /** Whether a look has waited in vain for the present task. */
  private boolean tired;

  PoolProbe() {
    this(PATIENCE_MILLIS);
  }

  PoolProbe(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  /**
   * Answers a look with nothing once the executor has come to a task that it was given after this
   * call. May block as the executor does.
   *
   * @param verdict for which this is asked, the same object each time; held weakly
   * @param world in which a thread is born that the executor needs for it; null for ours
   * @throws OutOfMemoryError if there is no thread for the executor, say
   */
  public void ask(Object verdict, Look look, Executor executor, @Nullable AppWorld world) {
    Batch mine = join(verdict, look);
    if (mine != null) {
      send(mine, executor, world);
    }
  }

  /** The batch that the caller is to send; null if others see to its look. */
  private synchronized @Nullable Batch join(Object verdict, Look look) {
    Batch open = sent;
    boolean again = next.looks.put(verdict, look) != null;
    if (open == null) {
      return begin(verdict);
    }
    if ((again || open.sender.get() == verdict) && senders == 0) {
      open.looks.forEach(next.looks::putIfAbsent);
      return begin(verdict);
    }
    return hasReturned() ? begin(verdict) : null;
  }

  private Batch begin(Object verdict) {
    Batch batch = next;
    batch.sender = new WeakReference<>(verdict);
    next = new Batch();
    sent = batch;
    senders++;
    tired = false;
    return batch;
  }

  /** Whether the task has come back while the caller waited for it, who then sends the next. */
  private boolean hasReturned() {
    if (succeeded || tired) {
      return false;
    }
    succeeded = true;
    try {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
      for (long left = patienceMillis; sent != null && left > 0; left = millisUntil(end)) {
        wait(left);
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to.
      Thread.currentThread().interrupt();
    } finally {
      succeeded = false;
    }
    tired = sent != null;
    return !tired;
  }

  private static long millisUntil(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
  }

  private void send(Batch batch, Executor executor, @Nullable AppWorld world) {
    // The world may be entered on another thread, which throws nothing here.
    Sending sending = new Sending(this, batch, executor);
    if (world == null) {
      sending.run();
    } else {
      world.run(sending);
    }
    Error failure = sending.failure;
    if (failure != null) {
      throw failure;
    }
  }

  /** Notes that the task has run. */
  private synchronized void back(Batch batch) {
    batch.looks.values().forEach(Look::nothing);
    over(batch);
  }

  /** Notes that the task cannot be sent, which tells nothing of the work of the executor. */
  private synchronized void failed(Batch batch) {
    batch.looks.values().forEach(Look::waits);
    over(batch);
  }

  private void over(Batch batch) {
    if (sent != batch) {
      // Another one was sent since, and is on its way still.
      return;
    }
    sent = null;
    if (succeeded) {
      notifyAll();
    } else {
      next.looks.values().forEach(Look::waits);
      next = new Batch();
    }
  }

  private synchronized void left() {
    senders--;
  }

  /** The threads of the executor, as far as they are known. */
  public PoolThreads threads() {
    return threads;
  }

  /** Looks by the verdict for which they were asked, and the one for which the task was sent. */
  private static final class Batch {
    // A pool may hang for days while streams come and go: what nobody waits for any more goes.

    final Map<Object, Look> looks = new WeakHashMap<>();
    WeakReference<Object> sender = new WeakReference<>(null);
  }

  /** Gives the executor its task. */
  private static final class Sending implements Runnable {
    private final PoolProbe probe;
    private final Batch batch;
    private final Executor executor;
    volatile @Nullable Error failure;

    Sending(PoolProbe probe, Batch batch, Executor executor) {
      this.probe = probe;
      this.batch = batch;
      this.executor = executor;
    }

    @Override
    public void run() {
      try {
        executor.execute(new Turn(probe, batch));
      } catch (Error e) {
        failure = e;
        probe.failed(batch);
      } catch (Throwable t) {
        // An executor that takes no task keeps nobody waiting; nor does one that runs it here.
        probe.back(batch);
      } finally {
        probe.left();
      }
    }
  }

  /** The task that the executor is given. */
  private static final class Turn implements Runnable {
    private final PoolProbe probe;
    private final Batch batch;

    Turn(PoolProbe probe, Batch batch) {
      this.probe = probe;
      this.batch = batch;
    }

    @Override
    public void run() {
      probe.threads.seen(Thread.currentThread().getName());
      probe.back(batch);
    }
  }
}
