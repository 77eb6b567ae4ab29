package io.stallguard.benchmarks;

import io.stallguard.core.engine.GuardedInputStream;
import io.stallguard.core.engine.PooledInputStream;
import io.stallguard.instrumentation.apachehttpclient5.helpers.GuardedContents;
import java.io.IOException;
import java.io.InputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Reads of an {@code InputStream}: chunks, and the single bytes that parsers without a buffer ask
 * for; bare, and as each client's instrumentation decorates it.
 */
@State(Scope.Thread)
public class InputStreamRead {
  private final byte[] bytes = new byte[8192];
  private final InputStream bare = new MemoryStream();

  /** HttpURLConnection. */
  private final InputStream guarded = new GuardedInputStream(new MemoryStream(), Streams.guard());

  /** HttpURLConnection with a compressed body: what timing alone takes. */
  private final InputStream guardedBytes =
      new GuardedInputStream(new MemoryStream(), Streams.guardOfBytes());

  /** Apache HttpClient 4, and 5 where a body has a length. */
  private final InputStream pooled =
      new PooledInputStream(new MemoryStream(), Streams.guard(), true, () -> {});

  /** Apache HttpClient 5, which gives its chunks a type. */
  private final InputStream chunked = GuardedContents.guarded(new MemoryStream(), Streams.guard());

  @Benchmark
  public int bare() throws IOException {
    return bare.read(bytes, 0, bytes.length);
  }

  @Benchmark
  public int guarded() throws IOException {
    return guarded.read(bytes, 0, bytes.length);
  }

  @Benchmark
  public int guardedBytes() throws IOException {
    return guardedBytes.read(bytes, 0, bytes.length);
  }

  @Benchmark
  public int pooled() throws IOException {
    return pooled.read(bytes, 0, bytes.length);
  }

  @Benchmark
  public int chunked() throws IOException {
    return chunked.read(bytes, 0, bytes.length);
  }

  @Benchmark
  public int bareByte() throws IOException {
    return bare.read();
  }

  @Benchmark
  public int guardedByte() throws IOException {
    return guarded.read();
  }
}
