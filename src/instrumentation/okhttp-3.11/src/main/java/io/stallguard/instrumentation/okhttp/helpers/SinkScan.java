package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.engine.Guard;
import okio.Buffer;

/** Shows a guard the bytes that a sink was given, where they lie and without a copy. */
final class SinkScan {
  private final Guard guard;
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();

  SinkScan(Guard guard) {
    this.guard = guard;
  }

  /** Shows the bytes that came: they are the last of the sink. */
  void scan(Buffer sink, long count) {
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
}
