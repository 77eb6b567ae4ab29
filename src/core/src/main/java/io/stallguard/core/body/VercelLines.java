package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Vercel's data streams: lines that begin with a code. On paths of the app's own. */
final class VercelLines extends Dialect {
  VercelLines() {
    super("Vercel data stream", Mark.NONE, Mark.NONE);
  }

  /** Each step has a line that begins it, and no id. */
  @Override
  boolean hasOneStart() {
    return false;
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.CODE) {
      return null;
    }
    switch (word) {
      case "f":
        return Saying.START;
      case "2":
      case "8":
        return Saying.LIFECYCLE;
      case "3":
        return Saying.ERROR;
      case "e":
        return Saying.REASON;
      case "d":
        return Saying.END;
      default:
        return Saying.CONTENT;
    }
  }

  /** Whether others have events of these names: no, nobody else has lines like these. */
  @Override
  boolean hasNamesakes() {
    return false;
  }
}
