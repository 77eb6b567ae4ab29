package io.stallguard.core.body;

/** What the finish reasons in an event say, the weakest first. */
enum Reason {
  /** There is no finish reason, or each is null. */
  NONE,
  /** The answer is whole. */
  WHOLE,
  /** The answer is whole, and asks for a tool, or is to be continued. */
  TOOL,
  /** The provider has failed. */
  ERROR;

  private static final byte[] TOOL_WORD = {'t', 'o', 'o', 'l'};
  private static final byte[] FUNCTION_WORD = {'f', 'u', 'n', 'c', 't', 'i', 'o', 'n', '_', 'c'};

  /** Anthropic's finish reason of a turn that is to be continued. */
  private static final byte[] PAUSE_WORD = {'p', 'a', 'u', 's', 'e', '_', 't', 'u', 'r', 'n'};

  private static final byte[] ERROR_WORD = {'e', 'r', 'r', 'o', 'r'};

  /** Values that stand for null: DashScope's, Gemini's, watsonx's, Python's. */
  private static final byte[][] NULLS = {
    {'n', 'u', 'l', 'l'},
    {'f', 'i', 'n', 'i', 's', 'h', '_', 'r', 'e', 'a', 's', 'o', 'n', '_', 'u', 'n'},
    {'n', 'o', 't', '_', 'f', 'i', 'n', 'i', 's', 'h', 'e', 'd'},
    {'n', 'o', 'n', 'e'}
  };

  /** What a value that is a string says. */
  static Reason of(byte[] value, int length) {
    if (length == 0) {
      return NONE;
    }
    for (byte[] none : NULLS) {
      if (matches(value, 0, length, none)) {
        return NONE;
      }
    }
    if (length == ERROR_WORD.length && matches(value, 0, length, ERROR_WORD)) {
      return ERROR;
    }
    for (int i = 0; i < length; i++) {
      if (matches(value, i, length, TOOL_WORD) || matches(value, i, length, FUNCTION_WORD)) {
        return TOOL;
      }
    }
    boolean isPause = length == PAUSE_WORD.length && matches(value, 0, length, PAUSE_WORD);
    return isPause ? TOOL : WHOLE;
  }

  /** Whether a word stands there, in any case. */
  private static boolean matches(byte[] value, int at, int length, byte[] word) {
    if (at + word.length > length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      byte b = value[at + i];
      if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
