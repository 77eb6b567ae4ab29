package io.stallguard.core;

/**
 * What the engine did to the stream of a case.
 *
 * @param afterMillis how long after the stream was dead or over, negative if before; after its
 *     begin if it never was
 * @param limit the limit that was exceeded, empty if none was
 * @param truncated whether an end that came by itself was told to be too early
 */
record CourtVerdict(Kind kind, long afterMillis, String limit, boolean truncated) {
  /** Ways in which a stream can be dealt with. */
  enum Kind {
    LEFT("left alone"),
    RELEASED("released"),
    ENDED("ended cleanly");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  static CourtVerdict left(boolean truncated) {
    return new CourtVerdict(Kind.LEFT, 0, "", truncated);
  }

  /** For people; of a stream that was dead or over, or was neither. */
  String text(boolean dead) {
    if (kind == Kind.LEFT) {
      return truncated ? "told truncated" : kind.text;
    }
    String when = afterMillis < 0 ? "%s %d s too early (%s)" : "%s after %d s (%s)";
    return String.format(dead ? when : "%s at %d s (%s)", kind.text, seconds(), limit);
  }

  private long seconds() {
    return Math.round(Math.abs(afterMillis) / 1000.0);
  }
}
