package io.stallguard.benchmarks;

import io.stallguard.core.GuardedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Reads of an {@code InputStream}: chunks, and the single bytes that parsers without a buffer ask
 * for.
 */
@State(Scope.Thread)
public class InputStreamRead {
  private final byte[] bytes = new byte[8192];
  private final InputStream bare = new MemoryStream();
  private final InputStream guarded = new GuardedInputStream(new MemoryStream(), Streams.guard());

  @Benchmark
  public int bare() throws IOException {
    return bare.read(bytes, 0, bytes.length);
  }

  @Benchmark
  public int guarded() throws IOException {
    return guarded.read(bytes, 0, bytes.length);
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
