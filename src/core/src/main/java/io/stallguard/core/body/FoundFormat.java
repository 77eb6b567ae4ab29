package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/** The format of a body whose media type says nothing, found from its first bytes. */
final class FoundFormat extends StreamFormat {
  private static final byte RECORD_SEPARATOR = 0x1E;
  private static final byte BYTE_ORDER_MARK = (byte) 0xEF;

  /** What a line of server-sent events may begin with. */
  private static final byte[][] FIELDS = {
    "data:".getBytes(US_ASCII),
    "event:".getBytes(US_ASCII),
    "id:".getBytes(US_ASCII),
    "retry:".getBytes(US_ASCII),
    "error:".getBytes(US_ASCII)
  };

  private static final int LONGEST_FIELD = 6;

  private final EventNames names;
  private final Reading reading;
  private final EventTally events;
  private final byte[] first = new byte[LONGEST_FIELD];
  private int length;
  private @Nullable StreamFormat found;

  FoundFormat(EventNames names, Reading reading, EventTally events) {
    this.names = names;
    this.reading = reading;
    this.events = events;
  }

  @Override
  public boolean scan(byte[] bytes, int from, int to) {
    int i = from;
    StreamFormat format = found;
    while (format == null && i < to) {
      first[length++] = bytes[i++];
      format = find();
      if (format != null) {
        format = show(format, first, 0, length);
      }
    }
    if (format != null && i < to) {
      show(format, bytes, i, to);
    }
    return true;
  }

  /**
   * Shows bytes to the format that was found. What contradicts it after all is watched by its
   * bytes.
   */
  private StreamFormat show(StreamFormat format, byte[] bytes, int from, int to) {
    found = format;
    if (format.scan(bytes, from, to)) {
      return format;
    }
    StreamFormat opaque = opaque();
    opaque.scan(bytes, from, to);
    found = opaque;
    return opaque;
  }

  private OpaqueFormat opaque() {
    return new OpaqueFormat(events, OpaqueFormat.NAME);
  }

  /** The format that the bytes so far are of; null while they could be of several. */
  private @Nullable StreamFormat find() {
    byte b = first[0];
    if (b == '{' || b == '[' || b == RECORD_SEPARATOR || isBlank(b)) {
      return new JsonLinesFormat(names, reading, b == RECORD_SEPARATOR);
    }
    if (b == ':' || b == BYTE_ORDER_MARK) {
      return new SseFormat(names, reading);
    }
    if (length == 2 && first[1] == ':' && CodedLinesFormat.isCode(b)) {
      return new CodedLinesFormat(names, reading);
    }
    return ofLetters();
  }

  private @Nullable StreamFormat ofLetters() {
    boolean mayBeField = false;
    for (byte[] field : FIELDS) {
      if (begins(field)) {
        if (length == field.length) {
          return new SseFormat(names, reading);
        }
        mayBeField = true;
      }
    }
    boolean mayBeCode = length == 1 && CodedLinesFormat.isCode(first[0]);
    return mayBeField || mayBeCode ? null : opaque();
  }

  private boolean begins(byte[] field) {
    if (length > field.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (first[i] != field[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  @Override
  public void end() {
    StreamFormat format = found;
    if (format != null) {
      format.end();
    }
  }

  @Override
  public boolean isBetweenEvents() {
    StreamFormat format = found;
    return format == null ? length == 0 : format.isBetweenEvents();
  }

  @Override
  public boolean isHeartbeat() {
    StreamFormat format = found;
    return format != null && format.isHeartbeat();
  }

  @Override
  public boolean isNoPiece() {
    StreamFormat format = found;
    return format != null && format.isNoPiece();
  }

  @Override
  public String name() {
    StreamFormat format = found;
    return format == null ? OpaqueFormat.NAME : format.name();
  }
}
