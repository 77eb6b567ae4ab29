package io.stallguard.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people wanted to become of a stream. */
record CourtWish(String text, Kind kind, long withinMillis) {
  /** Ways in which a stream can be dealt with as it should be. */
  enum Kind {
    LEAVE,
    RELEASE,
    CLEAN_END,
    END,
    TOLD_TRUNCATED
  }

  /** What a look at a late tick, and the tick itself, may take beyond the precision of a limit. */
  private static final long LATE_MILLIS = 1000;

  private static final int PRECISION_PART = 100;

  private static final Pattern IN_TIME = Pattern.compile("(release|clean end|end) within (\\S+)");

  static CourtWish of(String text) {
    if (text.equals("leave it")) {
      return new CourtWish(text, Kind.LEAVE, 0);
    }
    if (text.equals("told truncated")) {
      return new CourtWish(text, Kind.TOLD_TRUNCATED, 0);
    }
    Matcher matcher = IN_TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("nothing that anybody can want: " + text);
    }
    return new CourtWish(text, kind(matcher.group(1)), CourtStep.millis(matcher.group(2)));
  }

  private static Kind kind(String text) {
    return switch (text) {
      case "release" -> Kind.RELEASE;
      case "clean end" -> Kind.CLEAN_END;
      default -> Kind.END;
    };
  }

  /** Whether this is what they wanted. */
  boolean isGranted(CourtVerdict verdict) {
    return switch (kind) {
      case LEAVE -> verdict.kind() == CourtVerdict.Kind.LEFT && !verdict.truncated();
      case RELEASE -> verdict.kind() == CourtVerdict.Kind.RELEASED && isInTime(verdict);
      case CLEAN_END -> verdict.kind() == CourtVerdict.Kind.ENDED && isInTime(verdict);
      case END -> verdict.kind() != CourtVerdict.Kind.LEFT && isInTime(verdict);
      case TOLD_TRUNCATED -> verdict.kind() == CourtVerdict.Kind.LEFT && verdict.truncated();
    };
  }

  private boolean isInTime(CourtVerdict verdict) {
    long after = verdict.afterMillis();
    return after >= 0 && after <= withinMillis + withinMillis / PRECISION_PART + LATE_MILLIS;
  }
}
