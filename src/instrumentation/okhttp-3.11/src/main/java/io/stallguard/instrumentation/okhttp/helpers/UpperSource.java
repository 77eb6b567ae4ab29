package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.engine.FailedRead;
import io.stallguard.core.engine.Guard;
import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * A source above what OkHttp and the app's network interceptors have made of a guarded one: who
 * reads it is shown what was decided, whatever those make of it.
 */
final class UpperSource extends ForwardingSource {
  private final Guard guard;

  /** Shows bytes to the guard; null if it is shown those below. */
  private final @Nullable SinkScan scan;

  UpperSource(Source source, Guard guard, boolean scans) {
    super(source);
    this.guard = guard;
    this.scan = scans ? new SinkScan(guard) : null;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long count;
    try {
      count = super.read(sink, byteCount);
    } catch (Throwable t) {
      if (guard.isDecided() && FailedRead.ours(t) == null) {
        // A decoder that misses its trailer, for one.
        return guard.endOrThrow(t);
      }
      throw t;
    }
    if (count < 0) {
      return isItsOwnEnd() ? -1 : guard.endOrThrow(null);
    }
    if (scan != null) {
      scan.scan(sink, count);
    }
    return count;
  }

  private boolean isItsOwnEnd() {
    return !guard.isDecided() && guard.truncation() == null;
  }

  /** Closes the source: who closes wants the end, and gets it either way. */
  @Override
  public void close() throws IOException {
    try {
      super.close();
    } catch (IOException e) {
      if (!guard.isDecided()) {
        throw e;
      }
    }
  }
}
