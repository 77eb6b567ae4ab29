package io.stallguard.probes;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All probes side by side in one JVM that has an outage. The form is what the app's callbacks do
 * once they are told of a failure ({@code plain}, {@code block}, {@code throw}, {@code retry}), a
 * plus sign and the form of an {@link EveryProbe}; or a command: {@code state}, {@code fill-heap},
 * {@code fill-errors}, {@code end-idle-threads}, {@code let-go}.
 */
final class OutageProbe implements Probe {
  private final EveryProbe every = new EveryProbe();
  private final Releases releases = Releases.started();
  private final CountDownLatch letGo = new CountDownLatch(1);

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "state":
        System.out.println(AgentState.now());
        break;
      case "fill-heap":
        releases.fillHeap(job.pauseMillis());
        break;
      case "fill-errors":
        fillErrors();
        break;
      case "end-idle-threads":
        IdleThreads.end();
        break;
      case "let-go":
        letGo.countDown();
        break;
      default:
        stream(job, received);
    }
  }

  private void stream(Job job, Received received) throws Exception {
    String[] form = job.form().split("\\+", 2);
    AtomicBoolean told = new AtomicBoolean();
    received.whenTold(
        () -> {
          if (told.compareAndSet(false, true)) {
            releases.add(job.id());
            callBack(form[0], job);
          }
        });
    releases.expect(job.id());
    try {
      every.run(job.withForm(form[1]), received);
    } finally {
      releases.add(job.id());
      releases.awaitHeap();
    }
  }

  /** What people do in callbacks. */
  private void callBack(String what, Job job) {
    switch (what) {
      case "block":
        awaitLetGo();
        break;
      case "throw":
        throw new IllegalStateException("thrown by the app's own callback");
      case "retry":
        System.out.println("RETRIED\t" + job.id() + "\t" + retry(job));
        break;
      default:
        break;
    }
  }

  private void awaitLetGo() {
    try {
      letGo.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A blocking call of another client to the same place, which is silent still. */
  private static String retry(Job job) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) new URL(job.url().replace("run=", "run=again-")).openConnection();
      try (InputStream in = connection.getInputStream()) {
        while (in.read() >= 0) {
          // Nobody wants what comes.
        }
      }
      return "END";
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** A thread that writes to standard error while nobody reads it waits there, with its lock. */
  private static void fillErrors() throws InterruptedException {
    AtomicLong written = new AtomicLong();
    Thread writer = new Thread(() -> writeFor(written), "writer-of-errors");
    writer.setDaemon(true);
    writer.start();
    long before;
    do {
      before = written.get();
      TimeUnit.MILLISECONDS.sleep(300);
    } while (written.get() != before || before == 0);
  }

  private static void writeFor(AtomicLong written) {
    while (true) {
      System.err.println("an error of the app's own");
      written.incrementAndGet();
    }
  }
}
