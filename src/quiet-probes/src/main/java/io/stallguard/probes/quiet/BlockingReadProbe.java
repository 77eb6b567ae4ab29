package io.stallguard.probes.quiet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** A command that waits in a read until somebody pushes something, as Redis has it. */
public final class BlockingReadProbe implements Probe {
  private static final String COMMAND = "*3\r\n$5\r\nBLPOP\r\n$4\r\njobs\r\n$1\r\n0\r\n";
  private static final String ANSWER = "*2\r\n$4\r\njobs\r\n$5\r\nhello\r\n";
  private static final int ANSWER_LINES = 5;

  @Override
  public void run(Job job, Received received) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      CompletableFuture<Void> served = Silence.serve(() -> serve(accepted, job.pauseMillis()));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
      pop(client, in, job.pauseMillis(), received);
      // The connection is as good as before.
      pop(client, in, 0, received);
      served.get();
    }
  }

  private static void pop(Socket client, BufferedReader in, long millis, Received received)
      throws IOException {
    client.getOutputStream().write(COMMAND.getBytes(US_ASCII));
    Silence silence = Silence.begin();
    received.add(in.readLine() + "\n");
    silence.lasted(millis);
    for (int i = 1; i < ANSWER_LINES; i++) {
      received.add(in.readLine() + "\n");
    }
  }

  private static void serve(Socket accepted, long pauseMillis) {
    try {
      OutputStream out = accepted.getOutputStream();
      accepted.getInputStream().readNBytes(COMMAND.length());
      Silence.keep(pauseMillis);
      out.write(ANSWER.getBytes(US_ASCII));
      accepted.getInputStream().readNBytes(COMMAND.length());
      out.write(ANSWER.getBytes(US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
