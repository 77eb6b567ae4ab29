package io.stallguard.core;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A stream's place in the wheel; holds it weakly, so that an abandoned stream can be collected. */
final class StreamEntry extends WeakReference<Guard> {
  /** The next entry of the same slot. Watchdog only. */
  @Nullable StreamEntry next;

  /** Running time from which on the stream's time counts. Watchdog only. */
  long beginNanos;

  /** Running time until which the client was kept from bringing anything. Watchdog only. */
  long heldNanos;

  /** What was asked about this stream and is not known to be answered yet. Watchdog only. */
  @Nullable Decision asked;

  /** Whether mode observe has reported the total limit of this stream already. Watchdog only. */
  boolean totalReported;

  StreamEntry(Guard guard) {
    super(guard);
  }
}
