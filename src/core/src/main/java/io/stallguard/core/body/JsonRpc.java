package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Calls of MCP and A2A: what comes is about a call, and its result is the last of it. */
final class JsonRpc extends Dialect {
  JsonRpc() {
    super("MCP, A2A", Mark.NONE, Mark.NONE);
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.JSONRPC)) {
      return null;
    }
    if (data.has(Key.METHOD)) {
      return Saying.STEP;
    }
    if (!data.has(Key.RESULT) || data.isFalseInside(Key.FINAL)) {
      return Saying.CONTENT;
    }
    return mayGoOn(data) ? Saying.FINISH : Saying.END;
  }

  /** A task of A2A, or a part of what it makes, that does not say whether it is the last word. */
  private static boolean mayGoOn(EventData data) {
    boolean isOfTask = data.hasInside(Key.STATUS) || data.hasInside(Key.ARTIFACT);
    return isOfTask && !data.hasInside(Key.FINAL);
  }

  @Override
  public boolean isAnswer() {
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
