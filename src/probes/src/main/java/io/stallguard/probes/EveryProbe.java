package io.stallguard.probes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * All probes side by side in one JVM: the form is the name of one, a slash and its form; or {@code
 * census}, which prints what they hold, {@code settled}, which ends when the agent has done what it
 * does in advance, or {@code left}, which ends when nothing of the agent is there.
 */
final class EveryProbe implements Probe {
  private final Map<String, Probe> probes = new ConcurrentHashMap<>();

  @Override
  public void run(Job job, Received received) throws Exception {
    if (job.form().equals("census")) {
      System.out.println(Census.of(probes.values()));
      return;
    }
    if (job.form().equals("settled")) {
      awaitSettled();
      return;
    }
    if (job.form().equals("left")) {
      Changes.awaitNoAgent();
      return;
    }
    String[] form = job.form().split("/", 2);
    probes.computeIfAbsent(form[0], EveryProbe::probe).run(job.withForm(form[1]), received);
  }

  private static void awaitSettled() throws InterruptedException {
    while (Thread.getAllStackTraces().keySet().stream().anyMatch(EveryProbe::isInAdvance)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static boolean isInAdvance(Thread thread) {
    return thread.getName().equals("stallguard-warm-up")
        || thread.getName().equals("stallguard-keep");
  }

  /** By name, because some are for later JDKs. */
  private static Probe probe(String name) {
    try {
      return Class.forName("io.stallguard.probes." + name)
          .asSubclass(Probe.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
