package io.stallguard.core;

/**
 * Looks in JSON of which nothing else is known for the few keys that matter at any depth: behind
 * each quotation mark, as inside a string those are escaped.
 */
final class KeySeek {
  private static final int MARK = 0;
  private static final int KEY = 1;
  private static final int COLON = 2;
  private static final int BEFORE_VALUE = 3;
  private static final int VALUE = 4;

  private final DataKeys keys;
  private final Findings findings;
  private final AskedValue value = new AskedValue();
  private int state = MARK;
  private long hash;
  private int length;
  private int id = DataKeys.UNKNOWN;

  KeySeek(DataKeys keys, Findings findings) {
    this.keys = keys;
    this.findings = findings;
  }

  void begin() {
    state = MARK;
  }

  void next(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      i = step(bytes, i, to);
    }
  }

  private int step(byte[] bytes, int from, int to) {
    switch (state) {
      case MARK:
        return mark(bytes, from, to);
      case KEY:
        return key(bytes, from, to);
      case COLON:
        return colon(bytes[from], from);
      case BEFORE_VALUE:
        return beforeValue(bytes[from], from);
      default:
        return value(bytes, from, to);
    }
  }

  private int mark(byte[] bytes, int from, int to) {
    int i = LineEnds.nextQuote(bytes, from, to);
    if (i == to) {
      return to;
    }
    if (bytes[i] == '"') {
      hash = 0;
      length = 0;
      state = KEY;
    }
    return i + 1;
  }

  private int key(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '"') {
        id = length == 0 ? DataKeys.UNKNOWN : keys.find(hash, length);
        boolean matters = id != DataKeys.UNKNOWN && keys.isAnywhere(id);
        state = matters ? COLON : MARK;
        // Where it is none, the mark may be the one before a key.
        return matters ? i + 1 : i;
      }
      if ((length == 0 && !keys.mayBegin(b)) || length >= keys.longestAnywhere()) {
        state = MARK;
        return i;
      }
      hash = DataKeys.add(hash, b);
      length++;
    }
    return to;
  }

  private int colon(byte b, int at) {
    if (b == ' ') {
      return at + 1;
    }
    state = b == ':' ? BEFORE_VALUE : MARK;
    return b == ':' ? at + 1 : at;
  }

  private int beforeValue(byte b, int at) {
    if (b == ' ' || b == '\t') {
      return at + 1;
    }
    value.begin(b == '"');
    state = VALUE;
    return b == '"' ? at + 1 : at;
  }

  private int value(byte[] bytes, int from, int to) {
    int i = value.next(bytes, from, to);
    if (value.isComplete()) {
      state = MARK;
      findings.completeAnywhere(id, value, 1);
    }
    return i;
  }
}
