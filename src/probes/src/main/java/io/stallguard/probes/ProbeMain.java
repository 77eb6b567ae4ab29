package io.stallguard.probes;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Runs each job that comes on a line of standard input on a thread of its own. */
public final class ProbeMain {
  private ProbeMain() {}

  /**
   * Ends with standard input.
   *
   * @param arguments the class of the probe; behind it may stand what is to be run first of all, on
   *     this thread: pairs of a probe's class and its job
   */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    for (int i = 1; i < arguments.length; i += 2) {
      run(probe(arguments[i]), Job.parse(arguments[i + 1]));
    }
    Probe probe = probe(arguments[0]);
    System.out.println("READY");
    BufferedReader jobs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
      Job job = Job.parse(line);
      Thread thread = new Thread(() -> run(probe, job), job.id());
      thread.setDaemon(true);
      thread.start();
    }
    // Clients keep threads that are none of ours.
    System.exit(0);
  }

  private static Probe probe(String name) throws ReflectiveOperationException {
    return Class.forName("io.stallguard.probes." + name)
        .asSubclass(Probe.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  private static void run(Probe probe, Job job) {
    Received received = new Received(job.pauseMillis());
    String outcome;
    long silentMillis;
    try {
      if (job.form().equals(Changes.FORM)) {
        Changes.make(job.url());
      } else {
        probe.run(job, received);
      }
      silentMillis = received.silentMillis();
      outcome = "END";
    } catch (Throwable t) {
      silentMillis = received.silentMillis();
      outcome = chain(t);
      if (Boolean.getBoolean("probe.serialise")) {
        System.out.println("THROWN\t" + job.id() + "\t" + serialised(t));
      }
    }
    System.out.println(
        "RESULT\t" + job.id() + "\t" + silentMillis + "\t" + received.summary() + "\t" + outcome);
  }

  /** The exception as the cause of another, and beside it, as text. */
  private static String serialised(Throwable thrown) {
    Exception outer = new Exception("outer", thrown);
    outer.addSuppressed(thrown);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(outer);
    } catch (IOException e) {
      return e.toString();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** The exception and its causes in one line. */
  private static String chain(Throwable thrown) {
    StringBuilder chain = new StringBuilder();
    for (Throwable t = thrown; t != null && chain.length() < 4000; t = t.getCause()) {
      chain.append(chain.length() == 0 ? "" : " <- ");
      chain.append(t.getClass().getName()).append(": ").append(t.getMessage());
    }
    return chain.toString().replace('\t', ' ').replace('\n', ' ');
  }
}
