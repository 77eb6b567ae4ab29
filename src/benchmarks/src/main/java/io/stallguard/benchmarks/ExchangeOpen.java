package io.stallguard.benchmarks;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchange;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an exchange costs once: the description of its head, and the guard where there is one. */
@State(Scope.Thread)
public class ExchangeOpen {
  private final Engine engine = Streams.engine("");
  private final Abort abort = guard -> {};

  @Benchmark
  public Exchange described() {
    return Streams.exchange(Streams.OTHER_TYPE);
  }

  @Benchmark
  public @Nullable Guard unguarded() {
    return engine.open(Streams.exchange(Streams.OTHER_TYPE), abort);
  }

  @Benchmark
  public boolean guarded() {
    return Streams.open(engine, abort).finished();
  }
}
