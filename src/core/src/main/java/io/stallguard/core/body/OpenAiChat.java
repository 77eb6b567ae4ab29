package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** OpenAI's chats and completions, and the many that speak as they do. */
final class OpenAiChat extends Dialect {
  OpenAiChat() {
    super(
        "OpenAI chat",
        Mark.LONG,
        Mark.LONG,
        "/chat/completions",
        "/completions",
        "/text/chat_stream",
        "/invoke-with-response-stream");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.CHOICES)) {
      return data.isNull(Key.CHOICES) && data.isBlank() ? ofNoChoice(data) : null;
    }
    if (data.isEmpty(Key.CHOICES)) {
      return ofNoChoice(data);
    }
    if (data.reason() != Reason.NONE) {
      return data.reason() == Reason.TOOL ? Saying.TOOL : Saying.FINISH;
    }
    if (data.isDeltaFilled() || isCompletion(data)) {
      return Saying.CONTENT;
    }
    if (data.has(Key.PROMPT_PROGRESS)) {
      return Saying.STEP;
    }
    if (data.hasInside(Key.DELTA)) {
      return data.hasInside(Key.ROLE) ? Saying.HOLLOW : Saying.HEARTBEAT;
    }
    boolean isChoice = data.has(Key.OBJECT) || data.has(Key.MODEL) || data.hasNoReason();
    return isChoice ? Saying.LIFECYCLE : null;
  }

  @Override
  public boolean asksForTool(EventData data) {
    boolean hasCall = data.isFilledInside(Key.TOOL_CALLS) || data.proves(Key.FUNCTION_CALL);
    return hasCall || super.asksForTool(data);
  }

  /**
   * Whether an event is of a chat for certain: others have things to choose from, which have no
   * delta and no reason for an end.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    switch (saying) {
      case CONTENT:
      case HOLLOW:
      case LIFECYCLE:
        return data.has(Key.PROMPT_FILTER_RESULTS) || isChunk(data);
      case TOOL:
      case FINISH:
        return hasPlace(data) || isLabelled(data);
      default:
        return data.has(Key.CHOICES);
    }
  }

  private static boolean isChunk(EventData data) {
    boolean hasPlace = data.hasInside(Key.DELTA) && (isLabelled(data) || isCountedDelta(data));
    return data.hasNoReason() || data.hasInside(Key.FINISH_REASON) || hasPlace;
  }

  private static boolean isLabelled(EventData data) {
    return data.has(Key.OBJECT) || data.has(Key.MODEL);
  }

  /** Whether a piece of an answer stands in the event, or could. */
  private static boolean hasPlace(EventData data) {
    return data.hasInside(Key.DELTA) || data.hasInside(Key.TEXT) || data.hasInside(Key.MESSAGE);
  }

  /**
   * Whether the deltas are those of a chat. Others count deltas too; here those are empty, or have
   * keys that are known.
   */
  private static boolean isCountedDelta(EventData data) {
    boolean isKnown =
        data.hasInside(Key.ROLE)
            || data.hasInside(Key.CONTENT)
            || data.hasInside(Key.TOOL_CALLS)
            || data.hasInside(Key.REASONING_CONTENT);
    boolean isCounted = data.has(Key.ID) || data.hasInside(Key.INDEX);
    return isCounted && (isKnown || !data.isDeltaFilled());
  }

  @Override
  boolean isHollow(EventData data) {
    return !data.isDeltaFilled() && data.isHollow();
  }

  /** Whether nothing may follow a finish reason: yes, many leave {@code [DONE]} out. */
  @Override
  boolean endsWithReason() {
    return true;
  }

  /** Whether a body of one event is whole: who asks for no stream gets a message, and no delta. */
  @Override
  boolean isWholeAlone(EventData data) {
    return !data.hasInside(Key.DELTA);
  }

  /** Whether the event is a completion, as others have choices with texts too. */
  private static boolean isCompletion(EventData data) {
    boolean hasText = data.hasInside(Key.TEXT) || data.hasInside(Key.MESSAGE);
    return hasText && (data.has(Key.OBJECT) || data.has(Key.MODEL) || data.hasNoReason());
  }

  private static Saying ofNoChoice(EventData data) {
    if (data.has(Key.USAGE)) {
      return Saying.TRAILER;
    }
    return data.has(Key.PROMPT_FILTER_RESULTS) ? Saying.LIFECYCLE : Saying.HEARTBEAT;
  }

  @Override
  boolean hasIds() {
    return true;
  }
}
