package io.stallguard.core.words;

import java.nio.charset.StandardCharsets;

/** Makes foreign text fit for one line of output. */
public final class Texts {
  /** Letters and marks that show nothing: joiners, fillers, an empty pattern, selectors. */
  private static final String INVISIBLE =
      "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFFA0";

  /** Longer names of threads are cut. */
  private static final int LONGEST_NAME = 100;

  private Texts() {}

  /** The cleaned name of a thread. */
  public static String nameOf(Thread thread) {
    return clean(thread.getName(), LONGEST_NAME);
  }

  /** Cleaned text from bytes that a peer sent as UTF-8, or says so. */
  public static String utf8(byte[] bytes, int length) {
    return clean(new String(bytes, 0, length, StandardCharsets.UTF_8), length);
  }

  /**
   * The text cut at a length, without what could fake or break a line, turn its direction, or hide
   * in it.
   */
  public static String clean(String text, int longest) {
    if (text.length() <= longest && isClean(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int shown = isShown(c) ? c : '?';
      if (clean.length() + Character.charCount(shown) > longest) {
        break;
      }
      clean.appendCodePoint(shown);
    }
    return clean.toString();
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return isCleanBeyondAscii(text);
      }
    }
    return true;
  }

  private static boolean isCleanBeyondAscii(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!isShown(c)) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  /** Whether people see this character as what it is. */
  private static boolean isShown(int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL:
      case Character.FORMAT:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
      case Character.SURROGATE:
      case Character.PRIVATE_USE:
      case Character.UNASSIGNED:
        return false;
      case Character.SPACE_SEPARATOR:
        return c == ' ';
      default:
        return INVISIBLE.indexOf(c) < 0 && !isVariation(c);
    }
  }

  private static boolean isVariation(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }
}
