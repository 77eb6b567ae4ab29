package io.stallguard.probes;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A connection that has nothing to do with HTTP, and is silent for the job's pause. */
final class SocketProbe implements Probe {
  @Override
  public void run(Job job, Received received) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket reader = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket writer = server.accept()) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> send(writer, job.pauseMillis()), SocketPair.THREADS);
      received.head();
      // Not the reader, but the writer is to be slow.
      received.isPauseDue();
      received.readAll(reader.getInputStream());
      sent.get();
    }
  }

  private static void send(Socket writer, long pauseMillis) {
    try (OutputStream out = writer.getOutputStream()) {
      out.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      out.write("data: 2\n\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
