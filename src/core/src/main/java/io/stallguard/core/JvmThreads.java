package io.stallguard.core;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The threads of this JVM. For the thread that looks at earlier streams, and for who starts the
 * agent.
 */
final class JvmThreads implements ThreadLook {
  private final Engine engine;

  JvmThreads(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Map<Thread, StackTraceElement[]> stacks() {
    return Thread.getAllStackTraces();
  }

  @Override
  public StackTraceElement[] stackOf(Thread thread) {
    return thread.getStackTrace();
  }

  @Override
  public long usedNanos(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  @Override
  public Set<Thread> guarded() throws InterruptedException {
    FutureTask<Set<Thread>> answer = new FutureTask<>(engine.streams()::waiters);
    engine.watchdog().request(answer);
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("open streams cannot be seen", e);
    }
  }
}
