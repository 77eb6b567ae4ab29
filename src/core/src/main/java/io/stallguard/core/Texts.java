package io.stallguard.core;

import java.nio.charset.StandardCharsets;

/** Makes foreign text fit for one line of output. */
final class Texts {
  private Texts() {}

  /** Cleaned text from bytes that a peer sent as UTF-8, or says so. */
  static String utf8(byte[] bytes, int length) {
    return clean(new String(bytes, 0, length, StandardCharsets.UTF_8), length);
  }

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
