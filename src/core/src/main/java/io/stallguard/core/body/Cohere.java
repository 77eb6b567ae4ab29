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

  /** Others have messages that start, and contents; here they come with a delta. */
  @Override
  public boolean hasNamesakes() {
    return true;
  }

  @Override
  public boolean isCertain(Saying saying, EventData data) {
    return data.has(Key.DELTA);
  }
}
