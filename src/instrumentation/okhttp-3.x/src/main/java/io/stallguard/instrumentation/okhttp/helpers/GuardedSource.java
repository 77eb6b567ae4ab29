package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.Guard;
import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** A source that tells its guard when it waits and what came. */
final class GuardedSource extends ForwardingSource {
  private final Guard guard;

  GuardedSource(Source source, Guard guard) {
    super(source);
    this.guard = guard;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    if (!guard.awaiting()) {
      throw guard.stallException(null);
    }
    long count = readGuarded(sink, byteCount);
    // Bytes that came are delivered even if the stall was decided meanwhile: the next read tells.
    if (count >= 0) {
      guard.arrived(count);
    } else if (!guard.finished()) {
      throw guard.stallException(null);
    }
    return count;
  }

  private long readGuarded(Buffer sink, long byteCount) throws IOException {
    try {
      return super.read(sink, byteCount);
    } catch (Throwable t) {
      if (!guard.satisfied()) {
        throw guard.stallException(t);
      }
      throw t;
    }
  }

  /** May wait for the peer, like a read; but who closes wants the end, and gets it either way. */
  @Override
  public void close() throws IOException {
    guard.awaiting();
    try {
      super.close();
    } catch (IOException e) {
      if (!guard.isStalled()) {
        throw e;
      }
    } finally {
      guard.finished();
    }
  }
}
