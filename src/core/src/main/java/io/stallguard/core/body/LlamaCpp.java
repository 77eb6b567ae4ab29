package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** The completions of llama.cpp's own interface. */
final class LlamaCpp extends Dialect {
  LlamaCpp() {
    super("llama.cpp", Mark.NONE, Mark.SHORT, "/completion");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.CONTENT) || !data.isFlag(Key.STOP)) {
      return null;
    }
    return data.isTrue(Key.STOP) ? Saying.END : Saying.CONTENT;
  }
}
