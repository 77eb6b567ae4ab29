package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Cloudflare's Workers AI: tokens, what they cost, and then {@code [DONE]}. */
final class WorkersAi extends Dialect {
  // Its keys are words that anybody has, and nothing stands beside them that others do not have
  // too. So the path alone tells it. Models that speak as OpenAI's chats have that path as well.

  /** What the name of a model begins with. */
  private static final String MODEL = "/@";

  WorkersAi() {
    super("Workers AI", Mark.NONE, Mark.NONE, "/ai/run/@", "/workers-ai/@");
  }

  /** Where the part of the path ends that tells the provider: behind it a model is named. */
  @Override
  int endOf(String path) {
    return path.indexOf(MODEL) + MODEL.length();
  }

  @Override
  boolean asksForTool(EventData data) {
    return data.isFilled(Key.TOOL_CALLS);
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    boolean isOwn = data.has(Key.RESPONSE) || data.has(Key.TOOL_CALLS);
    return isOwn && !data.has(Key.CHOICES) ? Saying.CONTENT : null;
  }

  /** Whether a piece has nothing in it. A response may be an object, with texts of its own. */
  @Override
  boolean isHollow(EventData data) {
    boolean isFilled = data.isFilled(Key.RESPONSE) || data.isFilled(Key.TOOL_CALLS);
    return !isFilled && data.isBlank();
  }
}
