import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request by no client at all. */
final class PlainGet {
  private PlainGet() {}

  static void send(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      // In pieces: not even the guards of sockets take that for a request.
      socket.getOutputStream().write("G".getBytes(StandardCharsets.US_ASCII));
      socket
          .getOutputStream()
          .write(
              "ET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      for (int next = socket.getInputStream().read();
          next >= 0;
          next = socket.getInputStream().read()) {
        answer.append((char) next);
      }
      if (!answer.toString().endsWith("served")) {
        throw new IllegalStateException("answered: " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
