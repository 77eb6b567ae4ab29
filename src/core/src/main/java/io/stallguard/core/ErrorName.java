package io.stallguard.core;

import io.stallguard.core.body.Key;
import org.jspecify.annotations.Nullable;

/** Type and code of an error in the data of an event: words, and never its text. */
final class ErrorName {
  private static final int LONGEST = 32;

  private byte @Nullable [] type;
  private int typeLength;
  private byte @Nullable [] code;
  private int codeLength;

  void clear() {
    typeLength = 0;
    codeLength = 0;
  }

  /** A key of the error with its value. What is no word is not taken. */
  void found(Key key, byte[] value, int length) {
    if (length > LONGEST || !isWord(value, length)) {
      return;
    }
    if (key == Key.TYPE || key == Key.STATUS) {
      type = typeLength == 0 ? copy(type, value, length) : type;
      typeLength = typeLength == 0 ? length : typeLength;
    } else if (key == Key.CODE) {
      code = copy(code, value, length);
      codeLength = length;
    }
  }

  private static byte[] copy(byte @Nullable [] kept, byte[] value, int length) {
    byte[] copy = kept == null ? new byte[LONGEST] : kept;
    System.arraycopy(value, 0, copy, 0, length);
    return copy;
  }

  private static boolean isWord(byte[] value, int length) {
    for (int i = 0; i < length; i++) {
      byte b = value[i];
      boolean isAlphanumeric =
          (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
      if (!isAlphanumeric && b != '_' && b != '-' && b != '.') {
        return false;
      }
    }
    return length > 0;
  }

  /** Both, as far as they were told; null if neither was. */
  @Nullable String name() {
    String first = text(type, typeLength);
    String second = text(code, codeLength);
    if (first == null || second == null || first.equals(second)) {
      return first == null ? second : first;
    }
    return Texts.clean(first + ", " + second, EventNames.LONGEST);
  }

  private static @Nullable String text(byte @Nullable [] bytes, int length) {
    return bytes == null || length == 0 ? null : Texts.utf8(bytes, length);
  }
}
