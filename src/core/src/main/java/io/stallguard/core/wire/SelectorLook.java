package io.stallguard.core.wire;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at a thread that reads by a selector, where the turn that it was asked for cannot be seen:
 * a connection that has more to write than its peer takes is not ready for output. Threads for
 * looks.
 */
public final class SelectorLook {
  // A thread within its selector has nothing to read, or is on its way out to read it: and a
  // verdict needs two looks. So whoever is found there is no busier than a reader that blocks.

  /**
   * How names of classes begin that stand on a stack above a selector: of its package, and where a
   * virtual thread parks.
   */
  private static final String[] WITHIN = {
    "sun.nio.ch.",
    "java.lang.VirtualThread",
    "java.lang.System$",
    "jdk.internal.misc.",
    "jdk.internal.vm.",
    "java.util.concurrent.locks.LockSupport"
  };

  /**
   * How long a selector that was woken takes to come by, and to be back if there is nothing to do.
   */
  private static final long PATIENCE_MILLIS = 50;

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private SelectorLook() {}

  /**
   * Answers a look that the thread does not answer by itself, if the thread waits in its selector.
   */
  public static void await(Look look, Thread selecting) {
    for (int i = 0; i < PATIENCE_MILLIS && !look.isAnswered(); i++) {
      LockSupport.parkNanos(look, STEP_NANOS);
    }
    if (!look.isAnswered() && isSelecting(selecting)) {
      look.nothing();
    }
  }

  /**
   * Whether the thread is within a selector of the JDK's, and in nothing else that this has called.
   */
  public static boolean isSelecting(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      String type = frame.getClassName();
      if (type.equals("sun.nio.ch.SelectorImpl")) {
        return true;
      }
      if (!isWithin(type)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isWithin(String type) {
    for (String begin : WITHIN) {
      if (type.startsWith(begin)) {
        return true;
      }
    }
    return false;
  }
}
