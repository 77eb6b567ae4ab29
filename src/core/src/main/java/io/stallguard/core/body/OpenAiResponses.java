package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** OpenAI's responses. */
final class OpenAiResponses extends Dialect {
  OpenAiResponses() {
    super("OpenAI Responses", Mark.NONE, Mark.LONG, "/responses");
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.NAME || !word.startsWith("response.")) {
      return null;
    }
    switch (word) {
      case "response.created":
        return Saying.START;
      case "response.completed":
      case "response.done":
      case "response.incomplete":
      case "response.cancelled":
        return Saying.END;
      case "response.failed":
        return Saying.ERROR;
      case "response.queued":
      case "response.in_progress":
        return Saying.LIFECYCLE;
      default:
        return ofPart(word);
    }
  }

  /** What a name of two words says of a part of the answer; others have such names too. */
  private static @Nullable Saying ofPart(String word) {
    if (word.indexOf('.') == word.lastIndexOf('.')) {
      return null;
    }
    boolean isPiece =
        word.endsWith(".delta") || word.endsWith(".done") || word.endsWith(".partial_image");
    return isPiece ? Saying.CONTENT : Saying.LIFECYCLE;
  }

  @Override
  boolean asksForTool(String word) {
    return word.contains("_call");
  }

  /** Whether the event asks for a tool: whatever is called has a number then. */
  @Override
  public boolean asksForTool(EventData data) {
    return data.proves(Key.CALL_ID) || super.asksForTool(data);
  }

  @Override
  boolean needsData(String word) {
    return word.startsWith("response.output_item.");
  }

  @Override
  boolean hasIds() {
    return true;
  }

  /** Whether a piece has nothing in it. What is done is one step more, though it be empty. */
  @Override
  boolean isHollow(EventData data) {
    return data.has(Key.DELTA) && super.isHollow(data);
  }

  /**
   * Whether an event is of a response for certain: a response is an object that says so, a part of
   * it is one of an item, and all are counted.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    boolean isOfResponse = data.has(Key.RESPONSE) && data.hasInside(Key.ID);
    return data.proves(Key.ITEM_ID)
        || data.proves(Key.SEQUENCE_NUMBER)
        || (isOfResponse && (data.hasInside(Key.OBJECT) || data.hasInside(Key.STATUS)));
  }
}
