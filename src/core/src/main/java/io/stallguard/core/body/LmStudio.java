package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** LM Studio's own interface. */
final class LmStudio extends Dialect {
  LmStudio() {
    super("LM Studio", Mark.NONE, Mark.SHORT, "/api/v1/chat");
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.NAME) {
      return null;
    }
    switch (word) {
      case "chat.start":
        return Saying.START;
      case "chat.end":
        return Saying.END;
      case "prompt_processing.progress":
      case "model_load.progress":
        return Saying.STEP;
      case "tool_call.start":
      case "tool_call.success":
      case "tool_call.failure":
        return Saying.STEP;
      case "message.delta":
      case "reasoning.delta":
      case "tool_call.arguments":
        return Saying.CONTENT;
      case "prompt_processing.start":
      case "prompt_processing.end":
      case "model_load.start":
      case "model_load.end":
      case "message.start":
      case "message.end":
      case "reasoning.start":
      case "reasoning.end":
        return Saying.LIFECYCLE;
      default:
        return null;
    }
  }

  @Override
  boolean asksForTool(String word) {
    return word.startsWith("tool_call.");
  }

  @Override
  boolean needsStart() {
    return true;
  }

  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.proves(Key.MODEL_INSTANCE_ID);
  }
}
