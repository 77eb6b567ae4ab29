package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** What an event calls itself: by its name, or by one of the names that stand in its data. */
final class EventTitles {
  private EventTitles() {}

  /** The event's own name, or the type in its data where a dialect has it. */
  static ShownName shown(@Nullable ShownName name, ShownName byDefault, Findings data) {
    if (name != null) {
      return name;
    }
    ShownName type = data.type();
    return type != null && type.meaning(Place.NAME) != null ? type : byDefault;
  }

  /** Whether the event is what the operator says ends a stream. */
  static boolean isOperatorsEnd(@Nullable ShownName name, Findings data) {
    return isTerminal(name) || isTerminal(data.type()) || isTerminal(data.event());
  }

  /**
   * Whether the event says that the stream may be silent for ever: MCP in its first event, GraphQL.
   */
  static boolean subscribes(@Nullable ShownName name, Findings data, boolean isFirst) {
    ShownName method = data.method();
    return (isFirst && method != null && method.isAcknowledgement())
        || (name != null && name.isNext());
  }

  /** Whether the event is no piece of an answer by any of its names. */
  static boolean isNoPiece(@Nullable ShownName name, Findings data) {
    return isOperatorsEnd(name, data) || isHeartbeat(name, data);
  }

  private static boolean isTerminal(@Nullable ShownName name) {
    return name != null && name.isTerminal();
  }

  static boolean isHeartbeat(@Nullable ShownName name, Findings data) {
    return isBeat(name) || isBeat(data.type()) || isBeat(data.event()) || isBeat(data.method());
  }

  private static boolean isBeat(@Nullable ShownName name) {
    return name != null && name.isHeartbeat();
  }

  static boolean isError(ShownName name, Findings data) {
    return name.isError() || isFailure(data.type()) || isFailure(data.event());
  }

  private static boolean isFailure(@Nullable ShownName name) {
    return name != null && name.isError();
  }
}
