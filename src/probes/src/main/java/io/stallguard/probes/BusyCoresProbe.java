package io.stallguard.probes;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Reads in a JVM whose other threads take all the processor time that they can get. The form says
 * what: those threads for the job's pause, a stream of HttpURLConnection, or a bare socket that is
 * silent and has the job's pause as its own limit.
 */
final class BusyCoresProbe implements Probe {
  private static final int THREADS = 20;

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "busy":
        beBusy(job.pauseMillis());
        break;
      case "stream":
        stream(job, received);
        break;
      case "bare":
        bare((int) job.pauseMillis(), received);
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static void beBusy(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      threads[i] = new Thread(() -> computeUntil(end), "busy-" + i);
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void computeUntil(long endNanos) {
    while (System.nanoTime() - endNanos < 0) {
      // That is all it does.
    }
  }

  private static void stream(Job job, Received received) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) new URL(job.url()).openConnection();
    connection.setRequestMethod(job.method());
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write("{}".getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in = connection.getInputStream()) {
      received.head();
      received.readAll(in);
    }
  }

  private static void bare(int limitMillis, Received received) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket reader = new Socket(server.getInetAddress(), server.getLocalPort())) {
      reader.setSoTimeout(limitMillis);
      received.head();
      received.readAll(reader.getInputStream());
    }
  }
}
