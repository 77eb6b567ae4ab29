package io.stallguard.benchmarks;

import io.stallguard.instrumentation.okhttp.helpers.GuardedSources;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okio.AsyncTimeout;
import okio.Buffer;
import okio.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads of an Okio source: bare, guarded, and under the timeout that Okio has for sockets. */
@State(Scope.Thread)
public class SourceRead {
  // The timeout is alone in Okio's list of deadlines here: the best case for it.

  private final Buffer sink = new Buffer();
  private final Source bare = new MemorySource();
  private final Source guarded = GuardedSources.guarded(new MemorySource(), Streams.guard());
  private final Source timed = timed(new MemorySource());

  private static Source timed(Source source) {
    AsyncTimeout timeout = new AsyncTimeout();
    timeout.timeout(300, TimeUnit.SECONDS);
    return timeout.source(source);
  }

  @Benchmark
  public long bare() throws IOException {
    return read(bare);
  }

  @Benchmark
  public long guarded() throws IOException {
    return read(guarded);
  }

  @Benchmark
  public long asyncTimeout() throws IOException {
    return read(timed);
  }

  private long read(Source source) throws IOException {
    long count = source.read(sink, 8192);
    sink.clear();
    return count;
  }
}
