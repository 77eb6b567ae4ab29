package io.stallguard.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Tells names of heartbeats: what they end with, whatever case and dashes it is written in. */
final class HeartbeatName {
  private static final byte[][] ENDS = {
    "ping".getBytes(US_ASCII), "keepalive".getBytes(US_ASCII), "heartbeat".getBytes(US_ASCII)
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
    for (int i = length - 1; i >= 0 && left > 0; i--) {
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
    return left == 0;
  }
}
