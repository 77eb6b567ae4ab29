package io.stallguard.core;

/** Makes foreign text fit for one line of output. */
final class Texts {
  private Texts() {}

  /** The text without control characters, which could fake or break lines, cut at a length. */
  static String clean(String text, int longest) {
    if (text.length() <= longest && isClean(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && clean.length() < longest; i++) {
      char c = text.charAt(i);
      clean.append(Character.isISOControl(c) || isLineEnd(c) ? '?' : c);
    }
    return clean.toString();
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || isLineEnd(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLineEnd(char c) {
    return c == '\u2028' || c == '\u2029';
  }
}
