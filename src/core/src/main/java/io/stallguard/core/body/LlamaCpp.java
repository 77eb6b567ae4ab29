package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** The completions of llama.cpp's own interface. */
final class LlamaCpp extends Dialect {
  LlamaCpp() {
    super("llama.cpp", Mark.NONE, Mark.SHORT, "/completion");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.CONTENT) || !data.isFlag(Key.STOP)) {
      return null;
    }
    if (data.isTrue(Key.STOP)) {
      return Saying.END;
    }
    return data.has(Key.PROMPT_PROGRESS) ? Saying.STEP : Saying.CONTENT;
  }

  /**
   * Whether its answers have an id: whoever asks for several completions at once is told of which
   * one each piece is.
   */
  @Override
  boolean hasIds() {
    return true;
  }

  @Override
  int id(EventData data) {
    return data.idOr(Key.INDEX);
  }

  @Override
  boolean areIdsCertain() {
    return true;
  }

  /** Whether an event is llama.cpp's for certain, as others have contents, and stops. */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.has(Key.TOKENS_PREDICTED) || data.has(Key.PROMPT_PROGRESS);
  }
}
