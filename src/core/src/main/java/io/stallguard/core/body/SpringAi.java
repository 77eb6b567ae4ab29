package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Spring AI's responses, sent on by a controller as they are. On paths of the app's own. */
final class SpringAi extends Dialect {
  SpringAi() {
    super("Spring AI", Mark.NONE, Mark.NONE);
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    boolean hasResults = data.has(Key.RESULT) || data.has(Key.RESULTS);
    if (!hasResults || !data.hasInside(Key.MESSAGE_TYPE)) {
      return null;
    }
    if (data.reason() == Reason.NONE) {
      return data.hasInside(Key.TEXT) ? Saying.CONTENT : Saying.STEP;
    }
    return data.reason() == Reason.TOOL ? Saying.TOOL : Saying.FINISH;
  }

  /**
   * Whether nothing may follow a finish reason: the last response has it, and nothing else says the
   * end.
   */
  @Override
  boolean endsWithReason() {
    return true;
  }

  /**
   * Whether a body of one event is whole: a response that was not asked for as a stream is sent on
   * like this too.
   */
  @Override
  boolean isWholeAlone(EventData data) {
    return true;
  }

  @Override
  boolean isCertain(Saying saying, EventData data) {
    return true;
  }
}
