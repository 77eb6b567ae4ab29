package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Conversations of Amazon Bedrock. */
final class BedrockConverse extends Dialect {
  BedrockConverse() {
    super("Bedrock Converse", Mark.LONG, Mark.SHORT, "/converse-stream");
  }

  @Override
  @Nullable Saying ofName(Place place, String word) {
    if (place != Place.HEADER) {
      return null;
    }
    switch (word) {
      case "messageStart":
        return Saying.START;
      case "contentBlockStart":
      case "contentBlockStop":
        return Saying.LIFECYCLE;
      case "contentBlockDelta":
        return Saying.CONTENT;
      case "messageStop":
        return Saying.FINISH;
      case "metadata":
        return Saying.LAST;
      default:
        return null;
    }
  }

  @Override
  boolean needsStart() {
    return true;
  }

  /** Whether others have events of these names: no, nobody else has headers like these. */
  @Override
  boolean hasNamesakes() {
    return false;
  }
}
