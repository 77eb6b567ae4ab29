package io.stallguard.probes;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * All probes side by side in one JVM that has no time for their readers. The form is {@code
 * virtual} or {@code platform} for the kind of thread that reads, a plus sign and the form of an
 * {@link EveryProbe}; or {@code compute} and the kind, which does so for the job's pause: on one
 * virtual thread or on many others.
 */
final class BusyReaderProbe implements Probe {
  private static final int MANY = 24;

  private final EveryProbe every = new EveryProbe();

  /** What is computed, so that it is not left out. */
  private final LongAdder sum = new LongAdder();

  @Override
  public void run(Job job, Received received) throws Exception {
    String[] form = job.form().split("\\+", 2);
    switch (form[0]) {
      case "virtual":
        virtually(() -> every.run(job.withForm(form[1]), received));
        break;
      case "platform":
        every.run(job.withForm(form[1]), received);
        break;
      case "compute":
        compute(form[1], job.pauseMillis());
        break;
      default:
        throw job.unknownForm();
    }
  }

  private void compute(String kind, long millis) throws Exception {
    if (kind.equals("virtual")) {
      virtually(() -> computeFor(millis));
      return;
    }
    Thread[] threads = new Thread[MANY];
    for (int i = 0; i < MANY; i++) {
      threads[i] = new Thread(() -> computeFor(millis), "busy-" + i);
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void computeFor(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long own = 0;
    while (System.nanoTime() - end < 0) {
      own++;
    }
    sum.add(own);
  }

  /** By name: Java 21 and later has them. */
  private static void virtually(Work work) throws Exception {
    FutureTask<Void> done =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, done);
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }

  /** Work that may fail. */
  private interface Work {
    /** Does the work. */
    void run() throws Exception;
  }
}
