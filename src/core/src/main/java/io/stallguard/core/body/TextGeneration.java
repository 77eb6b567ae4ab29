package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Text Generation Inference: tokens, the last one with the whole text. */
final class TextGeneration extends Dialect {
  TextGeneration() {
    super("TGI", Mark.NONE, Mark.SHORT, "/generate_stream");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.TOKEN)) {
      return null;
    }
    if (data.has(Key.GENERATED_TEXT)) {
      return Saying.END;
    }
    return data.isNull(Key.GENERATED_TEXT) ? Saying.CONTENT : null;
  }

  /**
   * Whether an event is of Text Generation Inference for certain: a token is an object here, and it
   * is said whether it is one of the text.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.proves(Key.SPECIAL);
  }
}
