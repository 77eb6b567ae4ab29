package io.stallguard.testapp;

/**
 * What became of a stream of a {@link ChaosPlan}.
 *
 * @param lateNanos for a release: after the limit, and after all that held the reader up
 * @param heldUp whether something did
 * @param text what was seen
 */
record ChaosVerdict(ChaosStream stream, Kind kind, long lateNanos, boolean heldUp, String text) {

  static ChaosVerdict of(ChaosStream stream, Kind kind, String text) {
    return new ChaosVerdict(stream, kind, 0, false, text);
  }

  @Override
  public String toString() {
    return "%s: %s %s%s, %s"
        .formatted(
            kind,
            stream.id(),
            stream.virtual() ? "virtual " : "",
            stream.dies() ? stream.fate().pathName() : stream.guarded() ? "healthy" : "unguarded",
            text);
  }

  /** Kinds of ends. */
  enum Kind {
    /** A healthy stream arrived whole. */
    WHOLE(true),
    /** A dead stream was released in time, with all that had come. */
    RELEASED(true),
    /** A healthy stream did not arrive whole. */
    FALSE(false),
    /** A dead stream was not released in time. */
    MISSED(false),
    /** A dead stream was released before its limit. */
    EARLY(false),
    /** Other bytes arrived than were sent. */
    BYTES(false),
    /** A dead stream was released with something that is not ours. */
    ODD(false),
    /** The server was late itself: a release is right then. */
    SERVER_LATE(true),
    /** No request came to the server: a client's own limit, or its own haste. */
    NOT_BEGUN(true);

    private final boolean good;

    Kind(boolean good) {
      this.good = good;
    }

    boolean isGood() {
      return good;
    }
  }
}
