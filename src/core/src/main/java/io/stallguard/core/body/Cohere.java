package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Cohere's second interface. */
final class Cohere extends Dialect {
  Cohere() {
    super("Cohere 2", Mark.NONE, Mark.SHORT, "/v2/chat", "/v1/chat");
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.NAME) {
      return null;
    }
    switch (word) {
      case "message-start":
        return Saying.START;
      case "content-start":
      case "content-end":
      case "tool-call-start":
      case "tool-call-end":
      case "citation-end":
        return Saying.LIFECYCLE;
      case "content-delta":
      case "tool-plan-delta":
      case "tool-call-delta":
      case "citation-start":
        return Saying.CONTENT;
      case "message-end":
        return Saying.END;
      default:
        return null;
    }
  }

  @Override
  boolean asksForTool(String word) {
    return word.startsWith("tool-call-");
  }

  @Override
  boolean isCertain(Saying saying, EventData data) {
    boolean hasMore = data.hasInside(Key.MESSAGE) || data.reason() != Reason.NONE;
    return data.has(Key.DELTA) && hasMore;
  }
}
