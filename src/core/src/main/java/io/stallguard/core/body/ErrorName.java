package io.stallguard.core.body;

import io.stallguard.core.words.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What the data of an event says of an error: whether there is one; its type and code, which are
 * words, and never its text.
 */
final class ErrorName {
  private static final int LONGEST = 32;

  /** The numbers that HTTP has for errors. */
  private static final int LEAST = 400;

  private static final int MOST = 599;

  private byte @Nullable [] type;
  private int typeLength;
  private byte @Nullable [] code;
  private int codeLength;
  private boolean told;

  /** Whether the number of an error is all that stands for it. */
  private boolean number;

  private boolean kind;

  void clear() {
    told = false;
    number = false;
    kind = false;
    typeLength = 0;
    codeLength = 0;
  }

  /** Notes that something has gone wrong. */
  void says() {
    told = true;
  }

  /**
   * Takes a value that stands for the event's own error, or in it: any text is an error, a code
   * mostly.
   */
  void says(int id, AskedValue value) {
    boolean isText = value.isString() || (isCode(id) && value.kind() == Value.NUMBER);
    boolean isFlag = id == Key.ERROR.number() && value.isTrue();
    told |= isFlag || (isText && !NoError.is(value.bytes(), value.length()));
    if (id == Key.ERROR.number() && value.kind() == Value.NUMBER) {
      says(value);
    }
  }

  private void says(AskedValue value) {
    int status = value.number();
    if (status >= LEAST && status <= MOST) {
      number = true;
      found(Key.CODE, value.bytes(), value.length());
    }
  }

  static boolean isCode(int id) {
    return id == Key.CODE.number() || id == Key.STATUS.number();
  }

  /** Whether the data tells of an error. */
  boolean isTold() {
    return told;
  }

  /** Whether the error says of itself of what kind it is, as those of providers do. */
  boolean hasKind() {
    return kind;
  }

  /** Takes a key of the error's own object. */
  void foundInside(Key key, byte[] value, int length) {
    int before = typeLength;
    found(key, value, length);
    kind |= typeLength != before;
  }

  /** Whether there is a number that is an error if it is not a count. */
  boolean isNumber() {
    return number;
  }

  /** Takes a key of the error with its value. What is no word, or says nothing, is not taken. */
  void found(Key key, byte[] value, int length) {
    if (length > LONGEST || !isWord(value, length) || NoError.is(value, length)) {
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

  /** The name of an error whose type has another place: that with the code. */
  String nameOf(ShownName kind) {
    String word = kind.toString();
    String both = name(word, text(code, codeLength));
    return both == null ? word : both;
  }

  /** Type and code, as far as they were told; null if neither was. */
  @Nullable String name() {
    return name(text(type, typeLength), text(code, codeLength));
  }

  private static @Nullable String name(@Nullable String first, @Nullable String second) {
    if (first == null || second == null || first.equals(second)) {
      return first == null ? second : first;
    }
    return Texts.clean(first + ", " + second, EventNames.LONGEST);
  }

  private static @Nullable String text(byte @Nullable [] bytes, int length) {
    return bytes == null || length == 0 ? null : Texts.utf8(bytes, length);
  }
}
