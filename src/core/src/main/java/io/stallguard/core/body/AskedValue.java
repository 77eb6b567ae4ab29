package io.stallguard.core.body;

/** The value of a key that somebody asks for, as its bytes come: the first 64 of them. */
final class AskedValue {
  private static final int LONGEST = EventNames.LONGEST;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] bytes = EventNames.NO_NAME;
  private int length;
  private boolean string;
  private boolean escaped;
  private boolean complete;
  private boolean kept;

  /** Begins with a string, of which the quotation mark has come, or a bare word. */
  void begin(boolean isString) {
    length = 0;
    string = isString;
    escaped = false;
    complete = false;
    kept = true;
  }

  /**
   * Begins with a number.
   *
   * @param isAsked whether anybody asks which one
   */
  void beginNumber(boolean isAsked) {
    kept = isAsked;
  }

  /**
   * Takes bytes, up to the end of the value.
   *
   * @return the index behind it, of a string behind its quotation mark
   */
  int next(byte[] from, int start, int to) {
    return string ? text(from, start, to) : word(from, start, to);
  }

  private int text(byte[] from, int start, int to) {
    for (int i = start; i < to; i++) {
      byte b = from[i];
      if (b == '"' && !escaped) {
        complete = true;
        return i + 1;
      }
      escaped = b == '\\' && !escaped;
      keep(b);
    }
    return to;
  }

  private int word(byte[] from, int start, int to) {
    for (int i = start; i < to; i++) {
      byte b = from[i];
      if (b == ',' || b == '}' || b == ']' || b <= ' ') {
        complete = true;
        return i;
      }
      keep(b);
    }
    return to;
  }

  private void keep(byte b) {
    if (kept && length < LONGEST) {
      if (length == bytes.length) {
        bytes = EventNames.room(bytes, length + 1);
      }
      bytes[length] = b;
    }
    length++;
  }

  /** Whether the value's end has come. */
  boolean isComplete() {
    return complete;
  }

  boolean isString() {
    return string;
  }

  /** The bytes of the value that are kept; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes count. */
  int kept() {
    return Math.min(length, LONGEST);
  }

  /** The length of the value. */
  int length() {
    return length;
  }

  /** The kind of the value, once it is complete. */
  Value kind() {
    if (string) {
      return length == 0 ? Value.EMPTY : Value.OTHER;
    }
    if (!kept) {
      return Value.NUMBER;
    }
    if (isTrue()) {
      return Value.TRUE;
    }
    if (EventNames.equal(FALSE, bytes, length)) {
      return Value.FALSE;
    }
    return EventNames.equal(NULL, bytes, length) ? Value.NULL : Value.NUMBER;
  }

  /** The number that the value is; a high one if it is none that is small and whole. */
  int number() {
    int number = 0;
    for (int i = 0; i < length; i++) {
      int digit = i < 4 ? bytes[i] - '0' : -1;
      if (digit < 0 || digit > 9) {
        return Integer.MAX_VALUE;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  boolean isTrue() {
    return !string && kept && EventNames.equal(TRUE, bytes, length);
  }
}
