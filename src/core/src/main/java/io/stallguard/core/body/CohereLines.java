package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Cohere's first interface: lines that say whether they are the last one. */
final class CohereLines extends Dialect {
  CohereLines() {
    super(
        "Cohere 1", Mark.NONE, Mark.SHORT, "/v1/chat", "/v2/chat", "/invoke-with-response-stream");
  }

  @Override
  boolean asksForTool(EventData data) {
    return data.isFilled(Key.TOOL_CALLS) || super.asksForTool(data);
  }

  @Override
  boolean asksForTool(String word) {
    return word.startsWith("tool-calls-");
  }

  /**
   * Whether an event is Cohere's for certain: others, of speech for example, have texts that are
   * not finished.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    switch (saying) {
      case START:
      case STEP:
        return data.isFlag(Key.IS_FINISHED);
      case CONTENT:
        return data.isFlag(Key.IS_FINISHED) && data.has(Key.EVENT_TYPE);
      default:
        return hasEnd(data);
    }
  }

  private static boolean hasEnd(EventData data) {
    return data.has(Key.RESPONSE)
        || data.has(Key.INVOCATION_METRICS)
        || data.reason() != Reason.NONE;
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.EVENT_TYPE) {
      return null;
    }
    switch (word) {
      case "stream-start":
        return Saying.START;
      case "search-queries-generation":
      case "search-results":
        return Saying.STEP;
      case "text-generation":
      case "citation-generation":
      case "tool-calls-chunk":
      case "tool-calls-generation":
        return Saying.CONTENT;
      case "stream-end":
        return Saying.END;
      default:
        return null;
    }
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.isFlag(Key.IS_FINISHED)) {
      return null;
    }
    // Here the type of an event is one of those above; others have types and jobs of their own.
    boolean isTyped = data.has(Key.EVENT_TYPE);
    if (data.isTrue(Key.IS_FINISHED)) {
      return isTyped && !hasEnd(data) ? null : Saying.END;
    }
    boolean hasPiece = data.has(Key.TEXT) || data.has(Key.TOOL_CALLS);
    return hasPiece && !isTyped ? Saying.CONTENT : null;
  }
}
