package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Coze's conversations. */
final class Coze extends Dialect {
  Coze() {
    super("Coze", Mark.NONE, Mark.LONG, "/v3/chat");
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.NAME || !word.startsWith("conversation.")) {
      return null;
    }
    switch (word) {
      case "conversation.chat.created":
        return Saying.START;
      case "conversation.chat.in_progress":
      case "conversation.message.completed":
        return Saying.LIFECYCLE;
      case "conversation.message.delta":
        return Saying.CONTENT;
      case "conversation.chat.completed":
        return Saying.END;
      case "conversation.chat.requires_action":
        return Saying.TOOL;
      case "conversation.chat.failed":
        return Saying.ERROR;
      default:
        return null;
    }
  }

  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.proves(Key.CONVERSATION_ID);
  }
}
