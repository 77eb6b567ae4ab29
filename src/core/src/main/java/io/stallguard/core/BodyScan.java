package io.stallguard.core;

import java.nio.ByteBuffer;

/** Shows the bytes of one body to its format, and goes on without one where that does not work. */
final class BodyScan {
  private final Events events;
  private final Watchdog watchdog;
  private StreamFormat format;

  BodyScan(StreamFormat format, Events events, Watchdog watchdog) {
    this.format = format;
    this.events = events;
    this.watchdog = watchdog;
  }

  /** Bytes that came at this time, in this state of their stream. */
  void scan(byte[] bytes, int offset, int length, long nowNanos, long word) {
    try {
      begin(nowNanos, word);
      check(format.scan(bytes, offset, offset + length));
    } catch (Throwable t) {
      failed(t);
    }
  }

  void scan(ByteBuffer bytes, long nowNanos, long word) {
    try {
      begin(nowNanos, word);
      check(BufferScan.scan(format, bytes));
    } catch (Throwable t) {
      failed(t);
    }
  }

  /** Who waited for some time got the bytes when they came; else they may have lain in a buffer. */
  private void begin(long nowNanos, long word) {
    events.at(nowNanos, GuardWord.isWaiting(word) && nowNanos > GuardWord.sinceOf(word));
  }

  private void check(boolean asExpected) {
    if (!asExpected) {
      byBytesAlone("bytes only, the body is no " + format.name());
    }
  }

  /** The bytes are the app's all the same. */
  void failed(Throwable failure) {
    watchdog.failed(failure);
    byBytesAlone("bytes only, after an internal error");
  }

  private void byBytesAlone(String why) {
    format = new OpaqueFormat(events, why);
    events.bytesOfNoFormat();
  }

  /** The body is over. */
  void end() {
    try {
      format.end();
    } catch (Throwable t) {
      watchdog.failed(t);
    }
  }

  /** Whether no part of an event has come after the last one. */
  boolean isBetweenEvents() {
    return format.isBetweenEvents();
  }

  /** How the body is watched, for people. */
  String formatName() {
    return format.name();
  }
}
