package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * AG-UI: runs of agents for a user interface. It has no path of its own, and a run may follow a
 * run.
 */
final class AgUi extends Dialect {
  AgUi() {
    super("AG-UI", Mark.NONE, Mark.NONE);
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.NAME) {
      return null;
    }
    switch (word) {
      case "RUN_STARTED":
        return Saying.START;
      case "RUN_FINISHED":
        return Saying.END;
      case "RUN_ERROR":
        return Saying.ERROR;
      case "TEXT_MESSAGE_CONTENT":
      case "TEXT_MESSAGE_CHUNK":
      case "TOOL_CALL_ARGS":
      case "TOOL_CALL_CHUNK":
      case "THINKING_TEXT_MESSAGE_CONTENT":
        return Saying.CONTENT;
      case "STEP_STARTED":
      case "STEP_FINISHED":
      case "TEXT_MESSAGE_START":
      case "TEXT_MESSAGE_END":
      case "TOOL_CALL_START":
      case "TOOL_CALL_END":
        return Saying.STEP;
      default:
        return null;
    }
  }

  @Override
  boolean asksForTool(String word) {
    return word.startsWith("TOOL_CALL_");
  }

  /** Whether its names are too common before the first: yes, others have steps and tools too. */
  @Override
  boolean needsStart() {
    return true;
  }

  @Override
  boolean hasIds() {
    return true;
  }

  /**
   * Whether such a name may be a greeting: others have runs too, but no texts in them that are told
   * in pieces.
   */
  @Override
  public boolean mayGreet(Saying saying) {
    return saying == Saying.START;
  }

  @Override
  public boolean isEnoughBehindGreeting(Saying saying) {
    return saying == Saying.CONTENT;
  }

  /** Whether an event is AG-UI's for certain: here a run is one of a thread. */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.proves(Key.RUN_ID) && data.proves(Key.THREAD_ID);
  }
}
