package io.stallguard.benchmarks;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Lane;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of the lateness program: chunks come to it until it goes silent. */
final class SilentStream implements Abort {
  /** Real time at which it goes silent; {@link Long#MAX_VALUE} if it does not. */
  private final long silentFromNanos;

  private final Releases releases;
  private @Nullable Guard guard;
  private boolean silent;

  /** Real time at which demand began last. The abort comes after it, ordered by the guard. */
  private long demandNanos;

  SilentStream(Releases releases, long silentFromNanos) {
    this.releases = releases;
    this.silentFromNanos = silentFromNanos;
  }

  /** Has the head come. Before the first pass. */
  SilentStream open(Engine engine) {
    return open(engine, null);
  }

  /**
   * Its head comes, on a lane if its client delivers it together with others. Before the first
   * pass.
   */
  SilentStream open(Engine engine, @Nullable Lane lane) {
    guard = Streams.open(engine, this, lane);
    return this;
  }

  /** A chunk comes and the app reads on, unless the stream is silent. One thread. */
  void pass() {
    if (silent) {
      return;
    }
    silent = !guard().arrived(MemoryStream.CHUNK);
    if (!silent) {
      demandNanos = System.nanoTime();
      guard().awaiting();
      silent = demandNanos - silentFromNanos >= 0;
    }
  }

  void end() {
    guard().finished();
  }

  private Guard guard() {
    return Objects.requireNonNull(guard, "not opened");
  }

  /** The time is taken first; then the reader would be released, which ends the incident. */
  @Override
  public void abort(Guard stalled) {
    releases.released(System.nanoTime() - demandNanos);
    stalled.stallException(null);
  }
}
