package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Anthropic's messages, by name or by the type in the data alone. */
final class Anthropic extends Dialect {
  Anthropic() {
    super(
        "Anthropic",
        Mark.LONG,
        Mark.SHORT,
        "/messages",
        ":streamRawPredict",
        "/invoke-with-response-stream");
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.NAME) {
      return null;
    }
    switch (word) {
      case "message_start":
        return Saying.START;
      case "content_block_start":
      case "content_block_stop":
        return Saying.LIFECYCLE;
      case "content_block_delta":
        return Saying.CONTENT;
      case "message_delta":
        return Saying.REASON;
      case "message_stop":
        return Saying.END;
      default:
        return null;
    }
  }

  /**
   * Whether the event asks for a tool: only what is used as a tool has an input, which begins
   * empty.
   */
  @Override
  public boolean asksForTool(EventData data) {
    return data.hasInside(Key.INPUT) || super.asksForTool(data);
  }

  @Override
  boolean needsData(String word) {
    return word.equals("content_block_start");
  }

  /**
   * Whether an event is Anthropic's for certain: here a message is an object with a role, and a
   * piece of it has a type.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    switch (saying) {
      case START:
        return data.has(Key.MESSAGE) && data.hasInside(Key.ROLE);
      case CONTENT:
        return data.has(Key.DELTA) && data.hasInside(Key.TYPE);
      case REASON:
        return data.has(Key.DELTA) && (data.reason() != Reason.NONE || data.hasNoReason());
      case END:
        return data.has(Key.INVOCATION_METRICS);
      default:
        return false;
    }
  }
}
