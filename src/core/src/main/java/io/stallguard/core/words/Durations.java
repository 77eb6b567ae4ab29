package io.stallguard.core.words;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lengths of time as people write and read them. */
public final class Durations {
  private static final String[] UNITS = {"ms", "s", "m", "h"};
  private static final TimeUnit[] UNIT_LENGTHS = {
    TimeUnit.MILLISECONDS, TimeUnit.SECONDS, TimeUnit.MINUTES, TimeUnit.HOURS
  };

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h}, ISO-8601 {@code PT60S} or {@code
   * off}.
   *
   * @return nanoseconds, {@link Limit#OFF_NANOS} for {@code off}
   * @throws IllegalArgumentException if the text is none of these or not above zero
   */
  public static long parse(String text) {
    if (text.equalsIgnoreCase("off")) {
      return Limit.OFF_NANOS;
    }
    long nanos = isIso(text) ? parseIso(text) : parseUnit(text);
    if (nanos <= 0) {
      throw new IllegalArgumentException(text);
    }
    return Math.min(nanos, Limit.OFF_NANOS - 1);
  }

  private static boolean isIso(String text) {
    return text.startsWith("P") || text.startsWith("p");
  }

  private static long parseIso(String text) {
    try {
      return saturatedNanos(Duration.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static long parseUnit(String text) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    String unit = text.substring(digits).trim();
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equalsIgnoreCase(unit)) {
        return UNIT_LENGTHS[i].toNanos(Long.parseLong(text.substring(0, digits)));
      }
    }
    throw new IllegalArgumentException(text);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A length as an operator would write it: {@code 5m}, {@code 1500ms}, {@code off}. */
  public static String setting(long nanos) {
    if (nanos == Limit.OFF_NANOS) {
      return "off";
    }
    int unit = UNITS.length - 1;
    while (unit > 0 && nanos % UNIT_LENGTHS[unit].toNanos(1) != 0) {
      unit--;
    }
    return UNIT_LENGTHS[unit].convert(nanos, TimeUnit.NANOSECONDS) + UNITS[unit];
  }

  /**
   * Seconds with as many digits as tell something: {@code 0.512 s}, {@code 3.02 s}, {@code 300 s}.
   */
  public static String text(long nanos) {
    return Lengths.text(nanos);
  }
}
