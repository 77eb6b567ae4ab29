package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Dify's chats and workflows: the event's name stands in the data. */
final class Dify extends Dialect {
  Dify() {
    super("Dify", Mark.NONE, Mark.LONG, "/chat-messages", "/completion-messages", "/workflows/run");
  }

  /** Each thought has an event that begins it, and no id. */
  @Override
  boolean hasOneStart() {
    return false;
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.EVENT) {
      return null;
    }
    switch (word) {
      case "workflow_started":
      case "agent_thought":
        return Saying.START;
      case "node_started":
      case "node_finished":
      case "iteration_started":
      case "iteration_next":
      case "iteration_completed":
      case "human_input_required":
        return Saying.STEP;
      case "agent_message":
      case "text_chunk":
        return Saying.CONTENT;
      case "workflow_finished":
      case "workflow_paused":
      case "message_end":
        return Saying.END;
      case "tts_message":
      case "tts_message_end":
        return Saying.TRAILER;
      default:
        return null;
    }
  }

  /**
   * Whether names other than {@code workflow_started} and {@code agent_thought} count only once the
   * stream has shown itself to be Dify's: yes, as other servers of workflows use them too.
   */
  @Override
  boolean needsStart() {
    return true;
  }

  /**
   * Whether an event is Dify's for certain: here each event is one of a task, and that of a
   * conversation or a run.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    boolean isOfOne =
        data.has(Key.ANSWER)
            || data.proves(Key.WORKFLOW_RUN_ID)
            || data.proves(Key.CONVERSATION_ID)
            || data.proves(Key.SNAKE_MESSAGE_ID);
    return data.has(Key.TASK_ID) && isOfOne;
  }

  /** Whether a body of one event is whole: who asks for no stream gets one message. */
  @Override
  boolean isWholeAlone(EventData data) {
    return true;
  }

  /** What the keys say. Many have an event that is a message; here it has an answer. */
  @Override
  @Nullable Saying ofData(EventData data) {
    return data.has(Key.EVENT) && data.has(Key.ANSWER) ? Saying.CONTENT : null;
  }
}
