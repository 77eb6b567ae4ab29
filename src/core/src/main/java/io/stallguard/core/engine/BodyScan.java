package io.stallguard.core.engine;

import io.stallguard.core.body.BufferScan;
import io.stallguard.core.body.StreamFormat;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.words.Mode;
import java.io.EOFException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Shows the bytes of a body to its format, and goes on without one where that does not work. The
 * thread that delivers the bytes.
 */
final class BodyScan {
  private BodyScan() {}

  /** Shows bytes, if any, that came at this time, in this state of their stream. */
  static void scan(Guard guard, byte[] bytes, int offset, int length, long now, long word) {
    if (length == 0 || GuardWord.stateOf(word) == GuardWord.FINISHED) {
      return;
    }
    try {
      begin(guard, now, word);
      scanned(guard, guard.format().scan(bytes, offset, offset + length));
    } catch (Throwable t) {
      guard.scanFailed(t);
    }
  }

  static void scan(Guard guard, ByteBuffer bytes, long now, long word) {
    if (!bytes.hasRemaining() || GuardWord.stateOf(word) == GuardWord.FINISHED) {
      return;
    }
    try {
      begin(guard, now, word);
      scanned(guard, BufferScan.scan(guard.format(), bytes));
    } catch (Throwable t) {
      guard.scanFailed(t);
    }
  }

  /**
   * Notes the time of the bytes. For who has waited for some time, it is when they came; else they
   * may have lain in a buffer.
   */
  private static void begin(Guard guard, long now, long word) {
    guard.events().at(now, GuardWord.isWaiting(word) && now > GuardWord.sinceOf(word));
  }

  private static void scanned(Guard guard, boolean asExpected) {
    if (asExpected) {
      noteBegun(guard.format(), guard.events());
    } else {
      byBytes(guard, "bytes only, the body is no " + guard.format().name());
    }
    if (guard.events().takeGoesOn()) {
      guard.notices().goesOn(guard.exchange());
    }
  }

  /** Leaves the format: no event can be told any more. */
  static void byBytes(Guard guard, String why) {
    guard.format(StreamFormat.ofBytes(guard.events(), why));
    guard.events().bytesOfNoFormat();
  }

  /**
   * Notes whether the bytes end within an event. What is a heartbeat for certain has proved one,
   * and its bytes are no arrival of an event.
   */
  private static void noteBegun(StreamFormat format, Events events) {
    boolean flows = !format.isBetweenEvents() && !format.isHeartbeat();
    if (flows) {
      events.flow();
    }
    events.begun(flows && !(events.answer().isEnded() && format.isNoPiece()));
  }

  /** Tells the format that the body is over. */
  static void end(Guard guard, Watchdog watchdog) {
    try {
      guard.format().end();
    } catch (Throwable t) {
      watchdog.failed(t);
    }
  }

  /**
   * The failure that the app is to see at the end of a body that is over too early; null if it is
   * to see the end.
   */
  static @Nullable EOFException truncation(Guard guard, Watchdog watchdog) {
    Limits limits = guard.limits();
    if (!guard.events().answer().isCutShort() || limits.mode() == Mode.OFF) {
      return null;
    }
    String message = watchdog.notices().truncated(guard);
    return limits.failsIfTruncated() ? new EOFException(message) : null;
  }
}
