package io.stallguard.core;

import java.util.Map;
import java.util.Set;

/** What can be seen of the threads of this JVM from outside of them. */
interface ThreadLook {
  /** All platform threads that run. */
  Map<Thread, StackTraceElement[]> stacks();

  /** Where a thread stands; empty if it has ended. */
  StackTraceElement[] stackOf(Thread thread);

  /** The processor time that a thread has used; negative where that is not to be had. */
  long usedNanos(Thread thread);

  /** The threads that wait for bytes of a guarded stream. */
  Set<Thread> guarded() throws InterruptedException;
}
