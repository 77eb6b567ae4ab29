package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/**
 * Compares a whole datum that is no JSON, or a string, with the names of heartbeats, as its bytes
 * come, whatever its case and dashes. With another word beside the name it is none, as that may be
 * a text.
 */
final class BeatWord {
  private static final byte[][] WORDS = {
    "ping".getBytes(US_ASCII), "keepalive".getBytes(US_ASCII), "heartbeat".getBytes(US_ASCII)
  };

  /** The word that agrees with what has come; null once no word does. */
  private byte[] word = WORDS[0];

  private boolean possible;
  private int matched;

  /** Whether the datum began with a quotation mark, and whether that was closed. */
  private boolean quoted;

  private boolean closed;

  /** Whether a name of a heartbeat may begin with this byte. */
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

  /** Takes the next byte of the datum. */
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

  /** Whether what has come may still become a name of a heartbeat. */
  boolean isPossible() {
    return possible;
  }

  /** Whether what has come is a name of a heartbeat. */
  boolean isWhole() {
    return possible && matched == word.length && quoted == closed;
  }
}
