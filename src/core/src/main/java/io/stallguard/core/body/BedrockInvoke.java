package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * Models that are invoked on Amazon Bedrock: each event is a model's own, and the last one has
 * Bedrock's measurements in it. Anthropic's models end with their own terminal event, likewise.
 */
final class BedrockInvoke extends Dialect {
  BedrockInvoke() {
    super("Bedrock InvokeModel", Mark.NONE, Mark.SHORT, "/invoke-with-response-stream");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    return data.has(Key.INVOCATION_METRICS) ? Saying.END : null;
  }

  @Override
  boolean isCertain(Saying saying, EventData data) {
    return true;
  }
}
