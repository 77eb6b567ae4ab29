package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** The texts of watsonx; its chats are those of OpenAI. */
final class Watsonx extends Dialect {
  Watsonx() {
    super("watsonx", Mark.LONG, Mark.NONE, "/generation_stream");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.RESULTS) || !data.hasInside(Key.GENERATED_TEXT)) {
      return null;
    }
    if (data.reason() != Reason.NONE) {
      return Saying.FINISH;
    }
    return data.hasInside(Key.STOP_REASON) || data.hasNoReason() ? Saying.CONTENT : null;
  }

  /**
   * Whether an event is of watsonx for certain: others have results too; here it is said which
   * model has made them.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.proves(Key.MODEL_ID);
  }
}
