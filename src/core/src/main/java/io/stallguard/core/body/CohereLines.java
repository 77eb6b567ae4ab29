package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Cohere's first interface: lines that say whether they are the last one. */
final class CohereLines extends Dialect {
  CohereLines() {
    super(
        "Cohere 1", Mark.NONE, Mark.SHORT, "/v1/chat", "/v2/chat", "/invoke-with-response-stream");
  }

  @Override
  boolean asksForTool(EventData data) {
    boolean hasCalls = data.has(Key.TOOL_CALLS) && !data.isEmpty(Key.TOOL_CALLS);
    return hasCalls || super.asksForTool(data);
  }

  /** Others, of speech for example, have texts that are not finished. */
  @Override
  boolean isCertain(Saying saying, EventData data) {
    switch (saying) {
      case START:
      case STEP:
        return data.isFlag(Key.IS_FINISHED);
      case CONTENT:
        return data.has(Key.EVENT_TYPE);
      default:
        return data.has(Key.EVENT_TYPE)
            || data.has(Key.RESPONSE)
            || data.has(Key.INVOCATION_METRICS)
            || data.reason() != Reason.NONE;
    }
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.EVENT_TYPE) {
      return null;
    }
    switch (word) {
      case "stream-start":
        return Saying.START;
      case "search-queries-generation":
      case "search-results":
        return Saying.STEP;
      default:
        return null;
    }
  }

  @Override
  @Nullable Saying ofData(EventData data) {
    if (!data.isFlag(Key.IS_FINISHED)) {
      return null;
    }
    if (data.isTrue(Key.IS_FINISHED)) {
      return Saying.END;
    }
    // Others have jobs that are not finished too.
    return data.has(Key.EVENT_TYPE) || data.has(Key.TEXT) || data.has(Key.TOOL_CALLS)
        ? Saying.CONTENT
        : null;
  }
}
