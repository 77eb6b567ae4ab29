package io.stallguard.core.body;

/** Where a name stands in an event. */
enum Place {
  /** The name of a server-sent event, or {@code "type"} in the data: dialects use one for both. */
  NAME,
  /** {@code "event"} in the data. */
  EVENT,
  /** {@code "event_type"} in the data. */
  EVENT_TYPE,
  /** {@code "method"} in the data. */
  METHOD,
  /** The code that a line begins with, before a colon. */
  CODE,
  /** A header of an AWS event stream. */
  HEADER;

  /** The number of the place in the list: for arrays in memory only, nothing is stored by it. */
  @SuppressWarnings("EnumOrdinal")
  int number() {
    return ordinal();
  }
}
