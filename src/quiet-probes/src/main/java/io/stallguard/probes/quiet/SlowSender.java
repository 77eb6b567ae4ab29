package io.stallguard.probes.quiet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.probes.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/**
 * Asks a server that echoes: sends half of the body, is silent, sends the rest, reads the answer,
 * and leaves the connection idle before it asks again over the same one.
 */
final class SlowSender {
  /** The silence in the middle of a body, and that between two requests. */
  private static final long PAUSE_MILLIS = 5_000;

  private static final String EVENT = "data: 1\n\n";

  private SlowSender() {}

  /** Goes on for this long. */
  static void send(int port, long millis, Received received) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      long rounds = millis / (2 * PAUSE_MILLIS);
      for (long i = 0; i < rounds; i++) {
        ask(socket.getOutputStream());
        answer(in, received);
        Silence.keep(PAUSE_MILLIS);
      }
    }
  }

  private static void ask(OutputStream out) throws IOException {
    String head =
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/event-stream\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";
    String chunk = Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n";
    out.write((head + chunk).getBytes(US_ASCII));
    out.flush();
    Silence.keep(PAUSE_MILLIS);
    out.write((chunk + "0\r\n\r\n").getBytes(US_ASCII));
    out.flush();
  }

  /** The body has a length: it ends where the next answer begins. */
  private static void answer(BufferedReader in, Received received) throws IOException {
    String status = in.readLine();
    if (status == null || !status.startsWith("HTTP/1.1 200")) {
      throw new IOException("unexpected answer " + status);
    }
    int length = -1;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
      }
    }
    for (int i = 0; i < length; i++) {
      received.add(String.valueOf((char) in.read()));
    }
  }
}
