package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** OpenAI's assistants: a run in a thread. */
final class OpenAiAssistants extends Dialect {
  OpenAiAssistants() {
    super("OpenAI Assistants", Mark.NONE, Mark.LONG, "/runs", "/submit_tool_outputs");
  }

  /**
   * Whether each answer has an event that begins it: yes, and a run that is created is queued and
   * in progress later.
   */
  @Override
  boolean hasOneStart() {
    return false;
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    boolean isOfRun = word.startsWith("thread.run.") || word.startsWith("thread.message.");
    if (place != Place.NAME || !isOfRun) {
      return null;
    }
    switch (word) {
      case "thread.run.created":
      case "thread.run.queued":
      case "thread.run.in_progress":
        return Saying.START;
      case "thread.run.completed":
      case "thread.run.incomplete":
      case "thread.run.cancelled":
      case "thread.run.expired":
        return Saying.END;
      case "thread.run.requires_action":
        return Saying.TOOL;
      case "thread.run.failed":
        return Saying.ERROR;
      default:
        return word.endsWith(".delta") ? Saying.CONTENT : Saying.LIFECYCLE;
    }
  }

  /**
   * Whether its names are too common before the first: yes, others have threads and messages too.
   */
  @Override
  boolean needsStart() {
    return true;
  }

  /** Whether an event is of the assistants for certain: here each object says what it is. */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.has(Key.ID) && data.has(Key.OBJECT);
  }
}
