package io.stallguard.probes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * All probes side by side in one JVM that treats its clients badly. The form is that of an {@link
 * OutageProbe}, before it {@code virtual+} for a virtual thread and {@code at-N+} for a consumer
 * that is busy with that piece; or a way to hold threads up for the job's pause: {@code pool-N},
 * tasks in each executor of the app's; {@code busy-N}, threads that compute; {@code carrier}, a
 * virtual thread that does. Whatever holds something up is told with its begin and its end.
 */
final class ChaosProbe implements Probe {
  private static final String VIRTUAL = "virtual+";
  private static final String AT = "at-";

  private final OutageProbe streams = new OutageProbe();

  @Override
  public void run(Job job, Received received) throws Exception {
    String form = job.form();
    if (form.startsWith("pool-")) {
      int tasks = number(form) * Narrows.pools();
      holdUp(job, tasks, done -> Narrows.execute(number(form), done));
    } else if (form.startsWith("busy-")) {
      holdUp(job, number(form), done -> busyThreads(number(form), done));
    } else if (form.equals("carrier")) {
      holdUp(job, 1, ChaosProbe::startVirtual);
    } else if (form.startsWith(VIRTUAL)) {
      onVirtualThread(job.withForm(form.substring(VIRTUAL.length())), received);
    } else {
      stream(job, received);
    }
  }

  private void stream(Job job, Received received) throws Exception {
    String form = job.form();
    if (form.startsWith(AT)) {
      int end = form.indexOf('+');
      received.pauseAt(number(form.substring(0, end)));
      stream(job.withForm(form.substring(end + 1)), received);
      return;
    }
    try {
      streams.run(job, received);
    } finally {
      if (received.pausedNanos() != 0) {
        long endNanos =
            received.pausedNanos() + TimeUnit.MILLISECONDS.toNanos(received.pauseMillis());
        told(job, received.pausedNanos(), endNanos);
      }
    }
  }

  private void onVirtualThread(Job job, Received received) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    startVirtual(
        () -> {
          try {
            stream(job, received);
            done.complete(null);
          } catch (Throwable t) {
            done.completeExceptionally(t);
          }
        });
    Futures.await(done);
  }

  /** Ends when all of them have been held up and let go. */
  private static void holdUp(Job job, int count, Starter starter) throws Exception {
    CountDownLatch done = new CountDownLatch(count);
    long beginNanos = System.nanoTime();
    boolean waits = job.form().startsWith("pool-");
    starter.start(
        () -> {
          if (waits) {
            sleep(job.pauseMillis());
          } else {
            compute(job.pauseMillis());
          }
          done.countDown();
        });
    done.await();
    told(job, beginNanos, System.nanoTime());
  }

  private static void told(Job job, long beginNanos, long endNanos) {
    System.out.println("HELD\t" + job.id() + "\t" + beginNanos + "\t" + endNanos);
  }

  private static int number(String form) {
    return Integer.parseInt(form.substring(form.lastIndexOf('-') + 1));
  }

  private static void busyThreads(int count, Runnable task) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(task, "busy");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** By name: not all JDKs have them. */
  private static void startVirtual(Runnable task) throws ReflectiveOperationException {
    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void compute(long millis) {
    long beginNanos = System.nanoTime();
    while (System.nanoTime() - beginNanos < TimeUnit.MILLISECONDS.toNanos(millis)) {
      // That is all it does.
    }
  }

  /** Starts a task as often as there are threads to hold up. */
  private interface Starter {
    void start(Runnable task) throws Exception;
  }
}
