package io.stallguard.core.wire;

import io.stallguard.core.clock.ProcFile;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread as the kernel sees it, which the JVM does not show. Held weakly. Any thread;
 * Linux only.
 */
public final class KernelThread {
  // A thread in a read that waits sleeps. One that has its bytes already, and waits for a core, is
  // in the same method of Java's and in the same state of Java's, but does not sleep.

  private static final String OWN = "/proc/thread-self/stat";

  /** The kernel's number of the thread; 0 would stand for a thread that is not known. */
  private final long id;

  private final WeakReference<Thread> thread;

  KernelThread(Thread thread, long id) {
    this.thread = new WeakReference<>(thread);
    this.id = id;
  }

  /** The calling thread, of a virtual one its carrier. Takes some microseconds. */
  public static KernelThread ofCurrent() {
    ProcFile own = new ProcFile(OWN);
    long id = own.read() ? own.next() : 0;
    own.close();
    return new KernelThread(Thread.currentThread(), id);
  }

  /** Whether this is the other thread. */
  public boolean isOf(@Nullable Thread other) {
    return thread.get() == other;
  }

  /** Whether the thread runs or would run now, had it a core; false where that cannot be told. */
  boolean isRunning() {
    if (id == 0) {
      return false;
    }
    ProcFile stat = new ProcFile("/proc/self/task/" + id + "/stat");
    boolean running = stat.read() && isRunning(stat);
    stat.close();
    return running;
  }

  /**
   * Whether a thread runs by what the kernel says, or is about to, as the disk that it waits for is
   * no peer.
   */
  private static boolean isRunning(ProcFile stat) {
    stat.skipBehindLast(')');
    char state = stat.nextCharacter();
    return state == 'R' || state == 'D';
  }
}
