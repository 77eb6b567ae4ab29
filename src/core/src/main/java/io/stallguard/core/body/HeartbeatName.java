package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Tells names of heartbeats: what they end with, whatever case and dashes it is written in; but
 * {@code ping} as a word of its own only, as in {@code server.ping}, {@code serverPing}: others end
 * with it too, {@code mapping} say.
 */
final class HeartbeatName {
  private static final byte[] PING = "ping".getBytes(US_ASCII);
  private static final byte[][] ENDS = {
    PING, "keepalive".getBytes(US_ASCII), "heartbeat".getBytes(US_ASCII)
  };

  private HeartbeatName() {}

  static boolean is(byte[] name, int length) {
    for (byte[] end : ENDS) {
      if (endsWith(name, length, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWith(byte[] name, int length, byte[] end) {
    int left = end.length;
    int i = length - 1;
    for (; i >= 0 && left > 0; i--) {
      byte b = name[i];
      if (b == '-' || b == '_') {
        continue;
      }
      byte small = b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
      if (small != end[left - 1]) {
        return false;
      }
      left--;
    }
    return left == 0 && (end != PING || i < 0 || isWordStart(name[i], name[i + 1]));
  }

  private static boolean isWordStart(byte before, byte first) {
    boolean letter = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
    return !letter || (before >= 'a' && first >= 'A' && first <= 'Z');
  }
}
