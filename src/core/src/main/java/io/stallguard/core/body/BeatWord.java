package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/**
 * Compares a whole datum that is no JSON, or a string, with the names of heartbeats, as its bytes
 * come: whatever its case and dashes, but no other word with it, as that may be a text.
 */
final class BeatWord {
  private static final byte[][] WORDS = {
    "ping".getBytes(US_ASCII), "keepalive".getBytes(US_ASCII), "heartbeat".getBytes(US_ASCII)
  };

  /** Which of the words agrees with what has come; null once none does. */
  private byte[] word = WORDS[0];

  private boolean possible;
  private int matched;

  /** Whether it began with a quotation mark, and whether that was closed. */
  private boolean quoted;

  private boolean closed;

  /** Whether one of them may begin so. */
  static boolean mayBegin(byte b) {
    return b == '"' || ofFirst(lower(b)) != null;
  }

  /** A new datum begins. */
  void begin() {
    possible = true;
    matched = 0;
    quoted = false;
    closed = false;
  }

  /** Its next byte. */
  void next(byte b) {
    if (b == '"') {
      quote();
    } else if (closed) {
      possible = false;
    } else if (matched == 0) {
      possible = first(lower(b));
      matched = 1;
    } else if (b != '-' && b != '_') {
      possible &= matched < word.length && word[matched] == lower(b);
      matched++;
    }
  }

  private void quote() {
    closed = quoted;
    quoted = matched == 0 || quoted;
    possible &= quoted && !(closed && matched < word.length);
  }

  private boolean first(byte b) {
    byte[] found = ofFirst(b);
    word = found == null ? word : found;
    return found != null && possible;
  }

  private static byte @Nullable [] ofFirst(byte b) {
    for (byte[] candidate : WORDS) {
      if (candidate[0] == b) {
        return candidate;
      }
    }
    return null;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }

  /** Whether what has come may still become one of them. */
  boolean isPossible() {
    return possible;
  }

  /** Whether what has come is one of them. */
  boolean isWhole() {
    return possible && matched == word.length && quoted == closed;
  }
}
