package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Calls of MCP and A2A: what comes is about a call, and its result is the last of it. */
final class JsonRpc extends Dialect {
  JsonRpc() {
    super("MCP, A2A", Mark.NONE, Mark.NONE);
  }

  /** Whether a body of one event is whole: who asks for no stream gets the task as it is then. */
  @Override
  boolean isWholeAlone(EventData data) {
    return true;
  }

  /**
   * What the method says: a server says or asks something meanwhile. Others have methods too, and
   * never a result.
   */
  @Override
  @Nullable Saying ofName(Place place, String word) {
    boolean isOfProtocol =
        word.startsWith("notifications/")
            || word.startsWith("sampling/")
            || word.startsWith("elicitation/")
            || word.equals("roots/list");
    return place == Place.METHOD && isOfProtocol ? Saying.STEP : null;
  }

  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.has(Key.JSONRPC);
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    boolean isOfCall = data.has(Key.JSONRPC) || data.has(Key.RESULT);
    if (!isOfCall || data.has(Key.METHOD)) {
      return null;
    }
    if (data.has(Key.RESULT) && !data.isFalseInside(Key.FINAL)) {
      return ofResult(data);
    }
    // Half a notice may be one of somebody's own.
    return data.has(Key.ID) || data.has(Key.RESULT) || data.has(Key.ERROR) ? Saying.CONTENT : null;
  }

  private static Saying ofResult(EventData data) {
    if (data.isOfTaskThatGoesOn() && !data.hasInside(Key.FINAL)) {
      return Saying.CONTENT;
    }
    return mayGoOn(data) ? Saying.FINISH : Saying.END;
  }

  /**
   * Whether the result is a task of A2A, or a part of what it makes, that does not say whether it
   * is the last word.
   */
  private static boolean mayGoOn(EventData data) {
    boolean isOfTask = data.hasInside(Key.STATUS) || data.hasInside(Key.ARTIFACT);
    // What does not say its version may be somebody else's.
    return !data.has(Key.JSONRPC) || (isOfTask && !data.hasInside(Key.FINAL));
  }

  @Override
  boolean isAnswer() {
    return false;
  }

  @Override
  boolean hasIds() {
    return true;
  }

  @Override
  boolean areIdsCertain() {
    return true;
  }
}
