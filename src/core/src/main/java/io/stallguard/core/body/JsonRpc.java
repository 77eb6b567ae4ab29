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
    return data.has(Key.RESULT) && !data.isFalseInside(Key.FINAL) ? Saying.END : Saying.CONTENT;
  }

  @Override
  public boolean isAnswer() {
    return false;
  }
}
