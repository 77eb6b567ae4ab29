package io.stallguard.probes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Readers that have a short timeout of their own, and read again each time it is over; some do
 * something else in between. The form is the client, the timeout, and that else, all between {@code
 * -}.
 */
final class ShortTimeoutProbe implements Probe {
  @Override
  public void run(Job job, Received received) throws Exception {
    String[] form = job.form().split("-");
    int timeoutMillis = Integer.parseInt(form[1]);
    long pauseMillis = Long.parseLong(form[2]);
    URI url = URI.create(job.url());
    if (form[0].equals("url")) {
      readUrl(url.toURL(), timeoutMillis, pauseMillis, received);
    } else {
      readSocket(url, timeoutMillis, pauseMillis, received);
    }
  }

  private static void readSocket(URI url, int timeoutMillis, long pauseMillis, Received received)
      throws IOException {
    try (Socket socket = connect(url)) {
      socket.setSoTimeout(timeoutMillis);
      InputStream in = new Again(socket.getInputStream(), pauseMillis);
      RawConnection connection = new RawConnection(socket, in);
      connection.send("POST", url);
      InputStream body = connection.body();
      received.head();
      received.readAll(body);
    }
  }

  /** A handshake that a short timeout breaks off, on a busy machine, cannot go on. */
  private static Socket connect(URI url) throws IOException {
    if (!url.getScheme().equals("https")) {
      return new Socket(url.getHost(), url.getPort());
    }
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(url.getHost(), url.getPort());
    socket.startHandshake();
    return socket;
  }

  private static void readUrl(URL url, int timeoutMillis, long pauseMillis, Received received)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setReadTimeout(timeoutMillis);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
    try (InputStream in = new Again(connection.getInputStream(), pauseMillis)) {
      received.head();
      received.readAll(in);
    }
  }

  /** Reads again whenever the client's own timeout ends a read. */
  private static final class Again extends FilterInputStream {
    private final long pauseMillis;

    Again(InputStream in, long pauseMillis) {
      super(in);
      this.pauseMillis = pauseMillis;
    }

    @Override
    public int read() throws IOException {
      while (true) {
        try {
          return in.read();
        } catch (SocketTimeoutException e) {
          goOnUnlessStalled(e);
        }
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (true) {
        try {
          return in.read(bytes, offset, length);
        } catch (SocketTimeoutException e) {
          goOnUnlessStalled(e);
        }
      }
    }

    private void goOnUnlessStalled(SocketTimeoutException timeout) throws IOException {
      if (timeout.getClass() != SocketTimeoutException.class) {
        throw timeout;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
