package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The JDK's client, and a body that is broken where it comes with its head: the response is there
 * all the same, and its reader meets the error. The form is the way to read and what is broken.
 */
final class HeadErrorProbe implements Probe {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  @Override
  public void run(Job job, Received received) throws Exception {
    String[] form = job.form().split("/");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answer(server, form[1]), "server");
      thread.start();
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1/messages");
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .executor(new BodyLast())
              .build();
      read(client, HttpRequest.newBuilder(url).build(), form[0]);
    }
  }

  private static void answer(ServerSocket server, String broken) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      String request = "";
      while (!request.endsWith("\r\n\r\n")) {
        request += (char) in.read();
      }
      OutputStream out = socket.getOutputStream();
      String body = broken.equals("size") ? "zz\r\nhello\r\n" : "50\r\n";
      out.write((HEAD + body).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(HttpClient client, HttpRequest request, String way)
      throws IOException, InterruptedException {
    if (way.equals("lines")) {
      Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body();
      try {
        throw new IllegalStateException("whole, of lines " + lines.count());
      } catch (UncheckedIOException e) {
        return;
      }
    }
    InputStream in = client.send(request, BodyHandlers.ofInputStream()).body();
    try {
      throw new IllegalStateException("whole, beginning with " + in.read());
    } catch (IOException e) {
      // As it is to be.
    }
  }

  /**
   * Runs each task on a thread of its own and those of a body late: the one that asks for it last.
   */
  private static final class BodyLast implements Executor {
    private static final long READING_MILLIS = 300;
    private static final long ASKING_MILLIS = 2_000;

    @Override
    public void execute(Runnable task) {
      long millis = isCalledBy("getBodyAsync") ? ASKING_MILLIS : delayOfReading();
      Thread thread = new Thread(() -> run(task, millis), "client");
      thread.setDaemon(true);
      thread.start();
    }

    private static long delayOfReading() {
      return isCalledBy("readBody") ? READING_MILLIS : 0;
    }

    private static boolean isCalledBy(String method) {
      return Arrays.stream(Thread.currentThread().getStackTrace())
          .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    private static void run(Runnable task, long millis) {
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      task.run();
    }
  }
}
