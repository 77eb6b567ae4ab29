package io.stallguard.core;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A stream's place in the wheel; holds it weakly, so that an abandoned stream can be collected. */
final class StreamEntry extends WeakReference<Guard> {
  /** The next entry of the same slot. Watchdog only. */
  @Nullable StreamEntry next;

  /** Running time from which on the stream's time counts. Watchdog only. */
  long beginNanos;

  /** Whether mode observe has reported the total limit of this stream already. Watchdog only. */
  boolean totalReported;

  /**
   * What a decision waits beyond the allowance of the limits, in nanoseconds: stamps from before a
   * change of limits may come from a clock that went in longer steps. Watchdog only.
   */
  long extraAllowanceNanos;

  private final long id;

  StreamEntry(Guard guard, long id) {
    super(guard);
    this.id = id;
  }

  /** Of this JVM, for people. */
  long id() {
    return id;
  }
}
