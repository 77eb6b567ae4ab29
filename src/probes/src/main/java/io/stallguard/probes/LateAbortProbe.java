package io.stallguard.probes;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Streams that end by themselves at the moment at which they are declared stalled, while the
 * agent's threads are held up by others, and a second request on the same connection at once.
 *
 * <p>The form is {@code held} for one that holds a thread up, {@code hand-over} to let the streams
 * end, or a client. The latter two begin once so many stalls have been decided as the job's pause
 * says.
 */
final class LateAbortProbe implements Probe {
  private static final long HELD_MILLIS = 3_500;

  private final HandOverServer server;
  private final OddClients held;
  private final OddClients clients;

  LateAbortProbe() throws Exception {
    this.server = HandOverServer.start();
    this.held = new OddClients(() -> new StubbornSocket(HELD_MILLIS));
    this.clients = new OddClients(Socket::new);
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    while (Counts.stalls() < job.pauseMillis()) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    switch (job.form()) {
      case "held":
        held.read("okhttp", job.withUrl(server.url("/silent")), received);
        break;
      case "hand-over":
        server.end();
        break;
      case "sockets":
        sockets(received);
        break;
      default:
        isWhole(() -> clients.read(job.form(), job.withUrl(server.url("/first")), nothing()));
        clients.read(job.form(), job.withUrl(server.url("/second")), received);
        break;
    }
  }

  private static Received nothing() {
    return new Received(0);
  }

  /** Uses a connection once more if it brought a whole answer. */
  private void sockets(Received received) throws IOException {
    BufferedConnection first = connect();
    boolean whole = isWhole(() -> first.read("/first", nothing()));
    BufferedConnection second = whole ? first : connect();
    second.read("/second", received);
  }

  private BufferedConnection connect() throws IOException {
    URI url = URI.create(server.url("/"));
    return new BufferedConnection(new Socket(url.getHost(), url.getPort()));
  }

  /** False if it was declared stalled, which is not the point. */
  private static boolean isWhole(Reading reading) throws IOException {
    try {
      reading.run();
      return true;
    } catch (IOException e) {
      if (Stream.of(e, e.getCause())
          .noneMatch(each -> each != null && each.getClass().getName().contains("StallTimeout"))) {
        throw e;
      }
      return false;
    }
  }

  /** Of a stream. */
  private interface Reading {
    void run() throws IOException;
  }

  /** A connection that reads from its socket whatever there is, as those of most clients do. */
  private static final class BufferedConnection {
    private static final String LAST_CHUNK = "0";

    private final Socket socket;
    private final BufferedReader in;

    BufferedConnection(Socket socket) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    void read(String path, Received received) throws IOException {
      String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      for (String line = line(); !line.equals(LAST_CHUNK); line = line()) {
        received.add(line);
      }
      line();
    }

    private String line() throws IOException {
      String line = in.readLine();
      if (line == null) {
        throw new EOFException();
      }
      return line;
    }
  }
}
