package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Mistral's conversations with agents. */
final class MistralConversations extends Dialect {
  MistralConversations() {
    super("Mistral conversations", Mark.NONE, Mark.LONG, "/conversations");
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.NAME) {
      return null;
    }
    switch (word) {
      case "conversation.response.started":
        return Saying.START;
      case "message.output.delta":
      case "function.call.delta":
        return Saying.CONTENT;
      case "tool.execution.started":
      case "tool.execution.delta":
      case "tool.execution.done":
      case "agent.handoff.started":
      case "agent.handoff.done":
        return Saying.STEP;
      case "conversation.response.done":
        return Saying.END;
      case "conversation.response.error":
        return Saying.ERROR;
      default:
        return null;
    }
  }

  @Override
  boolean asksForTool(String word) {
    return word.equals("function.call.delta");
  }

  /** Whether its names are too common before the first: yes, others have messages and tools too. */
  @Override
  boolean needsStart() {
    return true;
  }

  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.proves(Key.CONVERSATION_ID);
  }
}
