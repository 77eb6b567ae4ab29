package io.stallguard.probes;

import java.security.NoSuchAlgorithmException;
import java.security.Security;

/**
 * Blocking clients whose exchanges are hard to end: the form is {@code stubborn} or {@code deaf}, a
 * slash and the client; {@code writer}, a slash and a kind of socket; {@code listener} for OkHttp
 * with one that blocks; or {@code failed-aborts}, which receives as many bytes as the agent counts.
 */
final class SecondWayProbe implements Probe {
  /** Far longer than any test waits. */
  private static final long HELD_MILLIS = 120_000;

  private final OddClients stubborn;
  private final OddClients deaf;

  SecondWayProbe() throws NoSuchAlgorithmException {
    // For pairs of sockets without a certificate.
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    this.stubborn = new OddClients(() -> new StubbornSocket(HELD_MILLIS));
    this.deaf = new OddClients(DeafSocket::new);
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    String[] form = job.form().split("/", 2);
    switch (form[0]) {
      case "stubborn":
        stubborn.read(form[1], job, received);
        break;
      case "deaf":
        deaf.read(form[1], job, received);
        break;
      case "writer":
        BlockedWriter.read(SocketPair.Kind.valueOf(form[1]), received);
        break;
      case "listener":
        OddClients.listened(job, received, HELD_MILLIS);
        break;
      case "failed-aborts":
        received.add(new byte[64], (int) Counts.of("FailedAborts"));
        break;
      default:
        throw job.unknownForm();
    }
  }
}
