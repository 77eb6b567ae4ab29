package io.stallguard.probes;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.concurrent.TimeUnit;

/** Another agent, which has streams open before ours begins. */
public final class StreamingAgent {
  private StreamingAgent() {}

  /**
   * Called by the JVM. Is over once something has come in each stream.
   *
   * @param jobs names a file with a job on each line
   */
  public static void premain(String jobs, Instrumentation instrumentation)
      throws IOException, InterruptedException {
    Probe probe = new EveryProbe();
    for (String line : Files.readAllLines(Paths.get(jobs), StandardCharsets.UTF_8)) {
      Received received = new Received(0);
      Thread thread = new Thread(() -> run(probe, Job.parse(line), received), "early");
      thread.setDaemon(true);
      thread.start();
      while (received.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  private static void run(Probe probe, Job job, Received received) {
    try {
      probe.run(job, received);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
