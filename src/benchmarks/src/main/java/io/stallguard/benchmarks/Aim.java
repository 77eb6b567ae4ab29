package io.stallguard.benchmarks;

import java.util.Locale;

/** What a number was to be, and whether it is, for people. */
public record Aim(double bound, boolean isUpper) {
  /** The number was to be this or less. */
  public static Aim atMost(double bound) {
    return new Aim(bound, true);
  }

  /** The number was to be this or more. */
  public static Aim atLeast(double bound) {
    return new Aim(bound, false);
  }

  /** Such as {@code aim: at most 512, missed by 12 %}. */
  public String judge(double measured) {
    double beyond = isUpper ? measured / bound - 1 : 1 - measured / bound;
    return String.format(
        Locale.ROOT,
        "aim: at %s %s, %s",
        isUpper ? "most" : "least",
        String.format(Locale.ROOT, "%.3f", bound).replaceFirst("\\.?0+$", ""),
        beyond <= 0 ? "met" : String.format(Locale.ROOT, "missed by %.1f %%", 100 * beyond));
  }
}
