package io.stallguard.instrumentation.javasockets.helpers;

import java.nio.charset.StandardCharsets;

/** Collects one line of text after another from bytes that come in any pieces. One thread. */
final class Line {
  /**
   * The longest line that is kept whole: no line that matters here is longer, and of others only
   * the beginning is kept.
   */
  static final int LONGEST = 8192;

  private static final int FIRST_CAPACITY = 128;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;
  private boolean tooLong;
  private boolean complete;

  /**
   * Takes bytes up to the end of the line.
   *
   * @return the place behind what was taken
   */
  int collect(byte[] source, int from, int to) {
    if (complete) {
      clear();
    }
    int end = from;
    while (end < to && source[end] != '\n') {
      end++;
    }
    add(source, from, end);
    complete = end < to;
    return complete ? end + 1 : end;
  }

  private void clear() {
    length = 0;
    tooLong = false;
    complete = false;
  }

  private void add(byte[] source, int from, int to) {
    int count = Math.min(to - from, LONGEST - length);
    tooLong |= count < to - from;
    if (length + count > bytes.length) {
      byte[] larger = new byte[Math.min(LONGEST, Math.max(bytes.length * 2, length + count))];
      System.arraycopy(bytes, 0, larger, 0, length);
      bytes = larger;
    }
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /** Whether a part of a line is there, and not all. */
  boolean isBegun() {
    return length > 0 && !complete;
  }

  boolean isComplete() {
    return complete;
  }

  /** Whether the end of the line was dropped. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Whether what is there so far agrees with a text, as far as both go. */
  boolean agreesWith(String begin) {
    int count = Math.min(length, begin.length());
    for (int i = 0; i < count; i++) {
      if (bytes[i] != begin.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The line without its end, a carriage return being part of that. */
  String text() {
    int end = length > 0 && !tooLong && bytes[length - 1] == '\r' ? length - 1 : length;
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }
}
