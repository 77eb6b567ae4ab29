package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** What a name means, and in which dialect. Immutable. */
final class Meaning {
  private final Dialect dialect;
  private final Saying saying;
  private final boolean asksForTool;
  private final boolean isLookedInto;

  Meaning(Dialect dialect, Saying saying, String word) {
    this.dialect = dialect;
    this.saying = saying;
    this.asksForTool = dialect.asksForTool(word);
    this.isLookedInto = dialect.needsData(word);
  }

  /** Whether the name says that a tool is asked for. */
  boolean asksForTool() {
    return asksForTool;
  }

  /** Whether the data may say that a tool is asked for, so that the name is not enough. */
  boolean isLookedInto() {
    return isLookedInto;
  }

  /** The dialect that has this name. */
  Dialect dialect() {
    return dialect;
  }

  /** Whether the event is the end of an answer, or may follow one, whatever else it says. */
  boolean isBehindAnswer() {
    return saying == Saying.END || saying == Saying.LAST || saying == Saying.TRAILER;
  }

  /**
   * Whether the name counts in a stream that has shown itself to be of this dialect, or of none.
   */
  boolean counts(@Nullable Dialect shown) {
    return isFirst() || shown == dialect || !dialect.needsStart();
  }

  private boolean isFirst() {
    return saying == Saying.GREETING || saying == Saying.START || saying == Saying.ERROR;
  }

  /** What the name says in its dialect. */
  Saying saying() {
    return saying;
  }
}
