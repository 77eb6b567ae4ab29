package io.stallguard.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment in the timeline of a case, and what happens then. */
record CourtStep(long atMillis, String what) {
  /** The response head comes. */
  static final String HEAD = "head";

  /** Nothing that comes from here on is worth waiting for. */
  static final String DIES = "dies";

  /** All has been said. */
  static final String OVER = "over";

  /** The body ends by itself. */
  static final String END = "end";

  /** Nobody looks at the stream any longer, which is open still. */
  static final String SILENCE = "silence";

  static final String GOES_ON = "goes on";

  private static final Pattern LINE =
      Pattern.compile("(\\S+) (?:every (\\S+) for (\\S+): )?(goes on|.+)");
  private static final Pattern TIME = Pattern.compile("([0-9.]+)(ms|s|m|h)");

  /** All moments of these lines, in their order. */
  static List<CourtStep> of(List<String> lines) {
    List<CourtStep> steps = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("no line of a timeline: " + line);
      }
      add(steps, matcher);
    }
    steps.sort(Comparator.comparingLong(CourtStep::atMillis));
    return steps;
  }

  private static void add(List<CourtStep> steps, Matcher line) {
    long from = millis(line.group(1));
    long gap = line.group(2) == null ? 1 : millis(line.group(2));
    long to = line.group(3) == null ? from : from + millis(line.group(3));
    List<String> all =
        line.group(4).equals(GOES_ON) ? List.of(GOES_ON) : List.of(line.group(4).split(" "));
    for (long at = from; at <= to; at += gap) {
      for (String what : all) {
        steps.add(new CourtStep(at, what));
      }
    }
  }

  /** A length of time as cases write it: {@code 0.5s}, {@code 3.5h}. */
  static long millis(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no time: " + text);
    }
    return Math.round(Double.parseDouble(matcher.group(1)) * unitMillis(matcher.group(2)));
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1000;
      case "m" -> 60_000;
      default -> 3_600_000;
    };
  }
}
