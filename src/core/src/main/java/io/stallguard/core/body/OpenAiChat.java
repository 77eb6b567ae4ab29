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
        "/text/chat_stream");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.CHOICES)) {
      return null;
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
    if (data.hasInside(Key.DELTA)) {
      return data.hasInside(Key.ROLE) ? Saying.LIFECYCLE : Saying.HEARTBEAT;
    }
    return data.has(Key.OBJECT) || data.has(Key.MODEL) ? Saying.LIFECYCLE : null;
  }

  /** Others have choices with texts too. */
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
