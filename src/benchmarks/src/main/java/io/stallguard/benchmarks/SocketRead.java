package io.stallguard.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.core.engine.GuardedInputStream;
import io.stallguard.instrumentation.javasockets.helpers.Taps;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Reads of a socket that never wait: bare, under the socket's own timeout, under a client's
 * decorator, and with a tap. The other end is in the same JVM, and its work in all of them.
 */
public class SocketRead {
  private static final int TIMEOUT_MILLIS = 300_000;
  private static final byte[] REQUEST = "POST / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII);

  @Benchmark
  public int bare(Bare state) throws IOException {
    return state.read();
  }

  @Benchmark
  public int soTimeout(Timed state) throws IOException {
    return state.read();
  }

  @Benchmark
  public int guarded(Guarded state) throws IOException {
    return state.read();
  }

  @Benchmark
  public int guardedBytes(GuardedBytes state) throws IOException {
    return state.read();
  }

  @Benchmark
  public int tapped(Tapped state) throws IOException {
    return state.read();
  }

  /** A read as the JDK has it. */
  @State(Scope.Thread)
  public static class Bare {
    private final byte[] bytes = new byte[MemoryStream.CHUNK];
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    /** Past the head. */
    @Setup
    public void open() throws IOException {
      try (Feeder feeder = new Feeder()) {
        Socket connected = feeder.connect();
        socket = connected;
        in = opened(connected, connected.getInputStream());
      }
    }

    InputStream opened(Socket connected, InputStream stream) throws IOException {
      stream.readNBytes(Feeder.HEAD.length);
      return stream;
    }

    @TearDown
    public void close() throws IOException {
      Objects.requireNonNull(socket).close();
    }

    int read() throws IOException {
      return in.read(bytes, 0, bytes.length);
    }
  }

  /** What apps have who set a read timeout. */
  public static class Timed extends Bare {
    @Override
    InputStream opened(Socket connected, InputStream stream) throws IOException {
      connected.setSoTimeout(TIMEOUT_MILLIS);
      return super.opened(connected, stream);
    }
  }

  /** A read under a client that has a module of its own. */
  public static class Guarded extends Bare {
    @Override
    InputStream opened(Socket connected, InputStream stream) throws IOException {
      return new GuardedInputStream(super.opened(connected, stream), Streams.guard());
    }
  }

  /** A read under a client that has a module of its own, the body compressed. */
  public static class GuardedBytes extends Bare {
    @Override
    InputStream opened(Socket connected, InputStream stream) throws IOException {
      return new GuardedInputStream(super.opened(connected, stream), Streams.guardOfBytes());
    }
  }

  /** A read under any other client. */
  public static class Tapped extends Bare {
    @Override
    InputStream opened(Socket connected, InputStream stream) throws IOException {
      Taps taps = new Taps(Streams.engine(""));
      Object tapped = taps.apply(new Object[] {Socket.class, "stream", stream, connected});
      taps.apply(
          new Object[] {Socket.class, "request", null, connected, REQUEST, 0, REQUEST.length});
      return super.opened(connected, (InputStream) Objects.requireNonNull(tapped));
    }
  }
}
