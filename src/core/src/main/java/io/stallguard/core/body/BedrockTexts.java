package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Models that complete texts, invoked on Amazon Bedrock: Llama, Titan, Mistral. */
final class BedrockTexts extends Dialect {
  BedrockTexts() {
    super("Bedrock Llama, Titan, Mistral", Mark.LONG, Mark.SHORT, "/invoke-with-response-stream");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    boolean isOwn =
        data.has(Key.GENERATION)
            || data.has(Key.OUTPUT_TEXT)
            || (data.has(Key.OUTPUTS) && data.hasInside(Key.TEXT));
    if (!isOwn) {
      return null;
    }
    if (data.has(Key.INVOCATION_METRICS)) {
      return Saying.END;
    }
    return data.reason() == Reason.NONE ? Saying.CONTENT : Saying.FINISH;
  }

  /** Whether an event is one of these models' for certain, as others have outputs too. */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.has(Key.INVOCATION_METRICS);
  }
}
