package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.FailedRead;
import io.stallguard.core.Guard;
import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** A source that tells its guard when it waits and what came. */
final class GuardedSource extends ForwardingSource {
  private final Guard guard;

  /** Looks at the bytes where they lie, without a copy. */
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();

  GuardedSource(Source source, Guard guard) {
    super(source);
    this.guard = guard;
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
      return guard.completed() ? -1 : guard.endOrThrow(null);
    }
    // Bytes that came are delivered even if the stall was decided meanwhile: the next read tells.
    scan(sink, count);
    guard.arrived(count);
    return count;
  }

  /** The last bytes of the sink are the ones that came. */
  private void scan(Buffer sink, long count) {
    if (count == 0) {
      return;
    }
    try {
      sink.readUnsafe(cursor);
      scanFrom(sink.size() - count);
    } catch (Throwable t) {
      guard.scanFailed(t);
    }
  }

  private void scanFrom(long start) {
    try {
      for (int length = cursor.seek(start); length > 0; length = cursor.next()) {
        guard.scan(cursor.data, cursor.start, cursor.end - cursor.start);
      }
    } finally {
      cursor.close();
    }
  }

  /** May wait for the peer, like a read; but who closes wants the end, and gets it either way. */
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
