package io.stallguard.probes;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sockets on which silence is nobody's fault, for the job's pause. */
final class QuietSocketsProbe implements Probe {
  private static final String ACCEPT = "POST / HTTP/1.1\r\nContent-Type: text/event-stream\r\n\r\n";

  @Override
  public void run(Job job, Received received) throws Exception {
    received.isPauseDue();
    switch (job.form()) {
      case "jdbc":
        query(job, received);
        break;
      case "websocket":
        echo(job, received);
        break;
      case "accepted":
        serve(job, received);
        break;
      case "unasked":
        unasked(job, received);
        break;
      case "turned":
        turned(job, received);
        break;
      default:
        throw job.unknownForm();
    }
  }

  /** A query that takes long, of a database behind a socket. The URL is its folder. */
  private static void query(Job job, Received received) throws Exception {
    Object server =
        Class.forName("org.h2.tools.Server")
            .getMethod("createTcpServer", String[].class)
            .invoke(null, (Object) new String[] {"-tcpPort", "0", "-ifNotExists"});
    server.getClass().getMethod("start").invoke(server);
    Object port = server.getClass().getMethod("getPort").invoke(server);
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:tcp://127.0.0.1:" + port + "/mem:quiet");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ALIAS PAUSE FOR \"java.lang.Thread.sleep(long)\"");
      statement.execute("CALL PAUSE(" + job.pauseMillis() + ")");
      try (ResultSet one = statement.executeQuery("SELECT 1")) {
        one.next();
        received.add(one.getString(1));
      }
    } finally {
      server.getClass().getMethod("stop").invoke(server);
    }
  }

  /** Upgrades a connection by hand; what comes after that is no HTTP. */
  private static void echo(Job job, Received received) throws IOException {
    URI url = URI.create(job.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          String.join(
                  "\r\n",
                  "GET " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1",
                  "Host: " + url.getAuthority(),
                  "Connection: Upgrade",
                  "Upgrade: websocket",
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                  "",
                  "")
              .getBytes(StandardCharsets.ISO_8859_1));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      skipHead(in);
      // A masked frame of text, the mask being zero.
      out.write(new byte[] {(byte) 0x81, (byte) 0x85, 0, 0, 0, 0, 'h', 'e', 'l', 'l', 'o'});
      byte[] frame = new byte[7];
      in.readFully(frame);
      received.add(new String(frame, 2, 5, StandardCharsets.ISO_8859_1));
    }
  }

  private static void skipHead(InputStream in) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int value = in.read();
      newlines = value == '\n' ? newlines + 1 : value == '\r' ? newlines : 0;
      if (value < 0) {
        throw new IOException("end in the head");
      }
    }
  }

  /** A server made of a socket reads a request whose body pauses. */
  private static void serve(Job job, Received received) throws Exception {
    try (ServerSocket server = listening();
        Socket client = connected(server);
        Socket accepted = server.accept()) {
      exchange(job, received, client, accepted, ACCEPT);
    }
  }

  /** What looks like an answer, but nobody has asked. */
  private static void unasked(Job job, Received received) throws Exception {
    String head = ACCEPT.replace("POST / HTTP/1.1", "HTTP/1.1 200 OK");
    try (ServerSocket server = listening();
        Socket client = connected(server);
        Socket accepted = server.accept()) {
      exchange(job, received, accepted, client, head);
    }
  }

  /** A server that asks whoever has connected to it: a connection turned round. */
  private static void turned(Job job, Received received) throws Exception {
    String head = ACCEPT.replace("POST / HTTP/1.1", "HTTP/1.1 200 OK");
    try (ServerSocket server = listening();
        Socket client = connected(server);
        Socket accepted = server.accept()) {
      accepted
          .getOutputStream()
          .write("POST /turned HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      skipHead(client.getInputStream());
      exchange(job, received, client, accepted, head);
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Socket connected(ServerSocket server) throws IOException {
    return new Socket(server.getInetAddress(), server.getLocalPort());
  }

  private static void exchange(
      Job job, Received received, Socket writer, Socket reader, String head) throws Exception {
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> send(writer, head, job.pauseMillis()), SocketPair.THREADS);
    received.readAll(reader.getInputStream());
    sent.get();
  }

  private static void send(Socket writer, String head, long pauseMillis) {
    try (OutputStream out = writer.getOutputStream()) {
      out.write((head + "data: 1\n\n").getBytes(StandardCharsets.ISO_8859_1));
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      out.write("data: 2\n\n".getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
