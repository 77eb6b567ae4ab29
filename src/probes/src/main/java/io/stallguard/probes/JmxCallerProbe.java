package io.stallguard.probes;

import java.util.Set;
import java.util.TreeSet;

/** An app's thread that changes the agent's settings by JMX, and what then runs in which group. */
final class JmxCallerProbe implements Probe {
  private static final String EXPECTED = "stallguard-report";

  @Override
  public void run(Job job, Received received) throws Exception {
    Deployment.call(
        () -> {
          Changes.make("idle=61s");
          return true;
        });
    Set<String> threads = threads();
    for (int i = 0; i < 500 && !threads.toString().contains(EXPECTED); i++) {
      Thread.sleep(20);
      threads = threads();
    }
    throw new IllegalStateException(threads.toString());
  }

  private static Set<String> threads() {
    Set<String> threads = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      ThreadGroup group = thread.getThreadGroup();
      if (thread.getName().startsWith("stallguard-") && group != null) {
        threads.add(thread.getName() + " of " + group.getName());
      }
    }
    return threads;
  }
}
