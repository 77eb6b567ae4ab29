package io.stallguard.core.words;

/** What a limit bounds. Most have the name of the setting that gives their length. */
public enum LimitKind {
  /** The silence of bytes. */
  IDLE("idle"),
  /** The silence before the first byte. */
  FIRST_BYTE("first-byte"),
  /** The silence of events, in which bytes may come. */
  EVENT_IDLE("event-idle"),
  /** The whole stream. */
  TOTAL("total"),
  /** The wait for a response head. */
  HEAD("head"),
  /** The wait for a connection. */
  CONNECT("connect"),
  /** What is waited for once a stream has said all. */
  DONE_GRACE("done-grace"),
  /** Nothing, where no limit is. */
  NONE("off"),
  /** Nothing: an operator wants the stream to end. */
  OPERATOR("operator");

  private static final LimitKind[] ALL = values();

  private final String text;

  LimitKind(String text) {
    this.text = text;
  }

  /** The name of the kind in settings and reports. */
  public String text() {
    return text;
  }

  /**
   * The kind that this names.
   *
   * @throws IllegalArgumentException if none has this name
   */
  public static LimitKind of(String text) {
    for (LimitKind kind : ALL) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(text);
  }
}
