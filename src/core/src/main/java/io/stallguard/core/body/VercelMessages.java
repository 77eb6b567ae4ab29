package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Vercel's streams of messages for a user interface. On paths of the app's own. */
final class VercelMessages extends Dialect {
  VercelMessages() {
    super("Vercel UI messages", Mark.NONE, Mark.NONE);
  }

  /** Each step has an event that begins it, and each text. */
  @Override
  boolean hasOneStart() {
    return false;
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.NAME) {
      return null;
    }
    switch (word) {
      case "start":
        return Saying.GREETING;
      case "start-step":
      case "text-start":
      case "reasoning-start":
        return Saying.START;
      case "text-end":
      case "reasoning-end":
      case "finish-step":
        return Saying.LIFECYCLE;
      case "text-delta":
      case "reasoning-delta":
      case "tool-input-start":
      case "tool-input-delta":
      case "tool-input-available":
        return Saying.CONTENT;
      case "finish":
      case "abort":
        return Saying.END;
      default:
        return null;
    }
  }

  @Override
  boolean asksForTool(String word) {
    return word.startsWith("tool-input-");
  }

  /**
   * Whether its names are too common before the first: yes, others have deltas of texts, and
   * finish, too.
   */
  @Override
  boolean needsStart() {
    return true;
  }

  @Override
  public boolean isEnoughBehindGreeting(Saying saying) {
    return saying == Saying.START || saying == Saying.CONTENT;
  }

  /**
   * Whether an event is of such messages for certain: others begin with more, names and numbers of
   * their own; here each part has an id.
   */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    boolean isAlike = data.has(Key.TYPE) && !data.isStrange();
    return isAlike && (saying == Saying.GREETING || data.has(Key.ID));
  }
}
