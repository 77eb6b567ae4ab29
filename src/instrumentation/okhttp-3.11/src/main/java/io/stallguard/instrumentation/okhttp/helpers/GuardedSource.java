package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.engine.BodyEnd;
import io.stallguard.core.engine.FailedRead;
import io.stallguard.core.engine.Guard;
import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** A source that tells its guard when it waits and what came. */
final class GuardedSource extends ForwardingSource {
  private final Guard guard;
  private final SinkScan scan;

  /** Whether the bytes are shown to the guard where they are decoded. */
  private boolean scannedAbove;

  GuardedSource(Source source, Guard guard) {
    super(source);
    this.guard = guard;
    this.scan = new SinkScan(guard);
  }

  /**
   * Has the bytes shown to the guard above, from the next read on; before the body is passed on to
   * who reads it then.
   */
  void scannedAbove() {
    scannedAbove = true;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    if (!guard.awaiting()) {
      return guard.endOrThrow(null);
    }
    long count;
    try {
      count = super.read(sink, byteCount);
    } catch (Throwable t) {
      if (!FailedRead.isOwn(guard, t)) {
        return guard.endOrThrow(t);
      }
      throw t;
    }
    if (count < 0) {
      return guard.completed() == BodyEnd.NORMAL ? -1 : guard.endOrThrow(null);
    }
    // Bytes that came are delivered even if the stall was decided meanwhile: the next read tells.
    if (!scannedAbove) {
      scan.scan(sink, count);
    }
    guard.arrived(count);
    return count;
  }

  /**
   * Closes the source, which may wait for the peer, like a read; but who closes wants the end, and
   * gets it either way.
   */
  @Override
  public void close() throws IOException {
    guard.awaiting();
    try {
      super.close();
    } catch (IOException e) {
      if (!guard.isDecided()) {
        throw e;
      }
    } finally {
      guard.finished();
    }
  }
}
