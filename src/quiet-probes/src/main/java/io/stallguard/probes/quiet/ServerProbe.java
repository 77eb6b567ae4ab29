package io.stallguard.probes.quiet;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.io.IOException;

/** A server in this JVM, asked by a client that takes its time. */
abstract class ServerProbe implements Probe {
  static final String TYPE = "text/event-stream";

  /** Starts a server on loopback that echoes what is posted to it. */
  abstract Running start() throws Exception;

  @Override
  public final void run(Job job, Received received) throws Exception {
    try (Running server = start()) {
      SlowSender.send(server.port(), job.pauseMillis(), received);
    }
  }

  /** A server that takes requests. */
  interface Running extends AutoCloseable {
    int port();

    @Override
    void close() throws IOException;
  }
}
