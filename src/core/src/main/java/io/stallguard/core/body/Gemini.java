package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Gemini, by Google's own interface or Vertex, as events or as one array. */
final class Gemini extends Dialect {
  Gemini() {
    super("Gemini, Vertex", Mark.NONE, Mark.LONG, ":streamGenerateContent");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.CANDIDATES)) {
      if (isBlocked(data)) {
        return Saying.END;
      }
      return data.has(Key.USAGE_METADATA) ? Saying.TRAILER : null;
    }
    if (data.isEmpty(Key.CANDIDATES)) {
      return data.has(Key.USAGE_METADATA) ? Saying.TRAILER : Saying.HEARTBEAT;
    }
    if (data.reason() != Reason.NONE) {
      return Saying.END;
    }
    boolean isOwn = data.hasInside(Key.CONTENT) || data.has(Key.USAGE_METADATA);
    return isOwn ? Saying.CONTENT : data.isBlank() ? Saying.HOLLOW : null;
  }

  /** Whether a prompt was not answered, of which nothing else is told. */
  private static boolean isBlocked(EventData data) {
    return data.proves(Key.BLOCK_REASON);
  }

  @Override
  public boolean asksForTool(EventData data) {
    return data.proves(Key.FUNCTION_CALL_CAMEL) || super.asksForTool(data);
  }

  @Override
  boolean hasIds() {
    return true;
  }

  /**
   * Whether an event is Gemini's for certain: others have candidates with a content; here that has
   * parts, which are objects.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    boolean hasPiece =
        data.hasInside(Key.PARTS) && (data.hasInside(Key.ROLE) || data.hasInside(Key.TEXT));
    boolean isCounted = saying == Saying.END && data.hasInside(Key.INDEX);
    return data.has(Key.USAGE_METADATA) || hasPiece || isCounted || isBlocked(data);
  }

  @Override
  boolean isHollow(EventData data) {
    return data.isBlank();
  }

  /** Whether a body of one event is whole: who asks for no stream gets one object, and no list. */
  @Override
  boolean isWholeAlone(EventData data) {
    return true;
  }
}
