package io.stallguard.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.instrumentation.javasockets.helpers.Taps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reads of a socket's stream that has a tap, without the socket: of a protocol that is none of
 * ours, and of a guarded body.
 */
@State(Scope.Thread)
public class TappedRead {
  private static final byte[] REQUEST = "POST / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(US_ASCII);

  private final byte[] bytes = new byte[8192];
  private final Taps taps = new Taps(Streams.engine(""));

  /** Held here: a tap does not keep its socket. */
  private final Socket asked = new Socket();

  private final Socket unasked = new Socket();
  private final InputStream bare = answer();
  private final InputStream shut = tapped(unasked);
  private final InputStream guarded = tapped(asked);

  private static InputStream answer() {
    return new SequenceInputStream(new ByteArrayInputStream(HEAD), new MemoryStream());
  }

  private InputStream tapped(Socket socket) {
    Object in = taps.apply(new Object[] {Socket.class, "stream", answer(), socket});
    return (InputStream) Objects.requireNonNull(in);
  }

  /** Past the head, where all three are what they are going to be. */
  @Setup
  public void begin() throws IOException {
    taps.apply(new Object[] {Socket.class, "request", null, asked, REQUEST, 0, REQUEST.length});
    read(bare);
    read(shut);
    read(guarded);
  }

  private int read(InputStream in) throws IOException {
    return in.read(bytes, 0, bytes.length);
  }

  @Benchmark
  public int bare() throws IOException {
    return read(bare);
  }

  @Benchmark
  public int shut() throws IOException {
    return read(shut);
  }

  @Benchmark
  public int guarded() throws IOException {
    return read(guarded);
  }
}
