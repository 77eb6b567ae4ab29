package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Gemini, by Google's own interface or Vertex, as events or as one array. */
final class Gemini extends Dialect {
  Gemini() {
    super("Gemini, Vertex", Mark.NONE, Mark.LONG, ":streamGenerateContent");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.CANDIDATES)) {
      return data.has(Key.USAGE_METADATA) ? Saying.TRAILER : null;
    }
    if (data.reason() != Reason.NONE) {
      return Saying.END;
    }
    boolean isOwn = data.hasInside(Key.CONTENT) || data.has(Key.USAGE_METADATA);
    return isOwn ? Saying.CONTENT : null;
  }

  @Override
  boolean hasIds() {
    return true;
  }
}
