package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Words by which a server says, where an error would stand, that there is none. */
final class NoError {
  private static final byte[][] WORDS = {
    "null".getBytes(US_ASCII),
    "none".getBytes(US_ASCII),
    "no".getBytes(US_ASCII),
    "no error".getBytes(US_ASCII),
    "false".getBytes(US_ASCII),
    "0".getBytes(US_ASCII),
    "200".getBytes(US_ASCII),
    "ok".getBytes(US_ASCII),
    "success".getBytes(US_ASCII)
  };

  private NoError() {}

  /** Whether a value of this length says that there is no error; an empty one does. */
  static boolean is(byte[] value, int length) {
    boolean none = length == 0;
    for (byte[] word : WORDS) {
      none |= word.length == length && matches(word, value);
    }
    return none;
  }

  /** Whether a value is this word, in any case. */
  private static boolean matches(byte[] word, byte[] value) {
    for (int i = 0; i < word.length; i++) {
      byte b = value[i];
      if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
