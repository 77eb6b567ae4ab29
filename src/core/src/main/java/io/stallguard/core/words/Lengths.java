package io.stallguard.core.words;

import java.util.concurrent.TimeUnit;

/** Lengths of time as people read them. */
public final class Lengths {
  private Lengths() {}

  /**
   * Seconds with as many digits as tell something: {@code 0.512 s}, {@code 3.02 s}, {@code 300 s}.
   */
  public static String text(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MICROSECONDS.toNanos(500));
    String fraction = String.valueOf(1000 + millis % 1000).substring(1);
    int end = fraction.length();
    while (end > 0 && fraction.charAt(end - 1) == '0') {
      end--;
    }
    String decimals = end == 0 ? "" : "." + fraction.substring(0, end);
    return millis / 1000 + decimals + " s";
  }
}
