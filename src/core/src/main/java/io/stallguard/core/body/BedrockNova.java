package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Nova's models, invoked on Amazon Bedrock: the only key of an event is its name. */
final class BedrockNova extends Dialect {
  BedrockNova() {
    super("Bedrock Nova", Mark.LONG, Mark.SHORT, "/invoke-with-response-stream");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (data.has(Key.MESSAGE_START)) {
      return Saying.START;
    }
    if (data.has(Key.CONTENT_BLOCK_DELTA)) {
      return Saying.CONTENT;
    }
    if (data.has(Key.MESSAGE_STOP)) {
      return data.reason() == Reason.TOOL ? Saying.TOOL : Saying.FINISH;
    }
    return data.has(Key.METADATA) && data.has(Key.INVOCATION_METRICS) ? Saying.LAST : null;
  }

  /**
   * Whether an event is Nova's for certain: agents wrap such events up in others, and send them on.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.has(Key.INVOCATION_METRICS);
  }
}
