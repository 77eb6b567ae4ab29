package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Ollama's own interface: lines that say whether they are the last one. */
final class Ollama extends Dialect {
  Ollama() {
    super("Ollama", Mark.NONE, Mark.SHORT, "/api/chat", "/api/generate");
  }

  @Override
  boolean hasIds() {
    return true;
  }

  /** The id of the event's answer: nothing but the model tells answers apart. */
  @Override
  int id(EventData data) {
    return data.idOr(Key.MODEL);
  }

  @Override
  boolean asksForTool(EventData data) {
    return data.isFilledInside(Key.TOOL_CALLS);
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!isOwn(data) || !(data.isFlag(Key.DONE) || data.isDoneTrue())) {
      return null;
    }
    if (!data.isDoneTrue()) {
      // An image that is made is told by counts.
      return data.isHollow() && data.hasCounter() ? Saying.STEP : Saying.CONTENT;
    }
    return data.has(Key.CREATED_AT) ? Saying.END : Saying.FINISH;
  }

  /**
   * Whether an event is Ollama's for certain: a message is an object here; others have one that is
   * a text.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    boolean hasMessage = data.has(Key.MESSAGE) && data.hasInside(Key.CONTENT);
    boolean isEnd = saying == Saying.END;
    return data.has(Key.CREATED_AT) && (isEnd || hasMessage || data.has(Key.RESPONSE));
  }

  /** Whether the keys are Ollama's own, as others have models that are not done too. */
  private static boolean isOwn(EventData data) {
    return data.has(Key.MODEL)
        && (data.has(Key.CREATED_AT) || data.has(Key.MESSAGE) || data.has(Key.RESPONSE));
  }
}
