package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** DashScope's own interface. */
final class DashScope extends Dialect {
  DashScope() {
    super("DashScope", Mark.LONG, Mark.NONE, "/generation");
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.has(Key.OUTPUT)) {
      return null;
    }
    if (data.reason() == Reason.NONE) {
      // Others have an output and the number of a request too.
      boolean isOwn = data.hasInside(Key.FINISH_REASON) || data.hasNoReason();
      return isOwn ? Saying.CONTENT : null;
    }
    return data.reason() == Reason.TOOL ? Saying.TOOL : Saying.FINISH;
  }

  @Override
  boolean isCertain(Saying saying, EventData data) {
    return data.has(Key.REQUEST_ID);
  }
}
