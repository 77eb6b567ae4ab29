package io.stallguard.probes;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection of the raw client, which reads the socket's stream without a buffer. */
final class RawConnection implements Closeable {
  private static final int UNTIL_CLOSE = -1;

  private final Socket socket;
  private final InputStream in;
  private long left;
  private boolean chunked;
  private boolean ended;

  RawConnection(Socket socket) throws IOException {
    this(socket, socket.getInputStream());
  }

  RawConnection(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  void send(String method, URI url) throws IOException {
    String body = method.equals("POST") ? "{}" : "";
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String head =
        String.join(
            "\r\n",
            method + " " + url.getRawPath() + query + " HTTP/1.1",
            "Host: " + url.getRawAuthority(),
            "Content-Type: application/json",
            "Content-Length: " + body.length(),
            "",
            body);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads the head, and gives the body. */
  InputStream body() throws IOException {
    ended = false;
    chunked = false;
    left = UNTIL_CLOSE;
    if (!line().startsWith("HTTP/1.1 200")) {
      throw new IOException("no answer of HTTP");
    }
    for (String line = line(); !line.isEmpty(); line = line()) {
      String header = line.toLowerCase(Locale.ROOT).replace(" ", "");
      chunked |= header.equals("transfer-encoding:chunked");
      if (header.startsWith("content-length:")) {
        left = Long.parseLong(header.substring(header.indexOf(':') + 1));
      }
    }
    if (chunked) {
      left = 0;
    }
    return new Body();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int value = in.read(); value != '\n'; value = in.read()) {
      if (value < 0) {
        throw new EOFException("end in the middle of a line");
      }
      if (value != '\r') {
        line.write(value);
      }
    }
    return line.toString("ISO-8859-1");
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  boolean isReusable() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The body without its framing. */
  private final class Body extends InputStream {
    private boolean inChunks;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (chunked && left == 0 && !ended) {
        nextChunk();
      }
      if (ended) {
        return -1;
      }
      int most = left == UNTIL_CLOSE ? length : (int) Math.min(length, left);
      int count = in.read(bytes, offset, most);
      if (count > 0 && left != UNTIL_CLOSE) {
        took(count);
      } else if (count < 0 && left != UNTIL_CLOSE) {
        throw new EOFException("end in the middle of the body");
      }
      return count;
    }

    /** The end of a chunk's line may come with the next chunk only. */
    private void nextChunk() throws IOException {
      if (inChunks) {
        line();
      }
      inChunks = true;
      left = Long.parseLong(line(), 16);
      if (left == 0) {
        line();
        ended = true;
      }
    }

    private void took(int count) throws IOException {
      left -= count;
      ended = left == 0 && !chunked;
    }
  }
}
