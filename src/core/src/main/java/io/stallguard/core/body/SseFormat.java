package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Server-sent events, as the WHATWG standard has them. */
final class SseFormat extends StreamFormat {
  // A state machine over single bytes, with ways out of it: the rest of a line that nobody needs to
  // look at, which is nearly all of a stream, is skipped eight bytes at a time, and data that has
  // to be looked into goes to the scan by the line.
  //
  // An event ends with a blank line, a comment with its line. CR LF may be cut between two chunks:
  // the LF is then the first byte of a line and is passed over.

  private static final int BOM = 0;
  private static final int LINE_START = 1;
  private static final int FIELD = 2;
  private static final int VALUE_START = 3;
  private static final int EVENT_VALUE = 4;
  private static final int DATA_VALUE = 5;
  private static final int REST = 6;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  // Fields, as indexes: see FIELDS.
  private static final int DATA = 0;
  private static final int EVENT = 1;
  private static final int ID = 2;
  private static final int RETRY = 3;

  /** The field that llama.cpp once told its failures in, which the standard does not have. */
  private static final int ERROR = 4;

  private static final byte[][] FIELDS = {
    "data".getBytes(US_ASCII),
    "event".getBytes(US_ASCII),
    "id".getBytes(US_ASCII),
    "retry".getBytes(US_ASCII),
    "error".getBytes(US_ASCII)
  };

  private static final ShownName COMMENT_NAME = ShownName.constant("comment");

  private final SseEvent event;
  private int state = BOM;

  /**
   * The field of the line that is read; between lines, and where a line says nothing, that of an
   * id.
   */
  private int field = ID;

  private int matched;
  private boolean afterCr;
  private boolean comment;
  private boolean known;

  SseFormat(EventNames names, Reading reading) {
    this.event = new SseEvent(names, reading);
  }

  @Override
  public boolean isBetweenEvents() {
    return state == LINE_START && !event.hasBegun();
  }

  @Override
  public boolean isHeartbeat() {
    return event.hasBegun() ? event.isHeartbeat() : comment;
  }

  @Override
  public boolean isNoPiece() {
    if (isHeartbeat()) {
      return true;
    }
    // Of comments, of ids and of what the standard does not know, nobody is told. But with an id
    // the next event may have begun, for as long as no blank line ends it.
    boolean saysNothing = field == ID || field == RETRY;
    boolean hasBegun = !saysNothing || state == FIELD || event.hasBegun();
    return state == EVENT_VALUE ? event.hasNameOfNoPiece() : event.isNoPiece(saysNothing, hasBegun);
  }

  @Override
  public String name() {
    return "server-sent events";
  }

  @Override
  public void end() {
    event.endOfBody(state == LINE_START, state != EVENT_VALUE);
  }

  @Override
  public boolean scan(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int ahead = ahead(bytes, i, to);
      if (ahead > i) {
        i = ahead;
      } else if (!next(bytes[i++])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes what can be taken by more than single bytes, and gives the index behind it; {@code from}
   * if none.
   */
  private int ahead(byte[] bytes, int from, int to) {
    switch (state) {
      case REST:
        return LineEnds.next(bytes, from, to);
      case EVENT_VALUE:
        return eventValue(bytes, from, LineEnds.next(bytes, from, to));
      case DATA_VALUE:
        return dataValue(bytes, from, to);
      case LINE_START:
        return wholeField(bytes, from, to);
      default:
        return from;
    }
  }

  private int eventValue(byte[] bytes, int from, int end) {
    event.name(bytes, from, end);
    return end;
  }

  private int dataValue(byte[] bytes, int from, int to) {
    int end = event.data(bytes, from, to);
    if (event.isLineOver()) {
      state = REST;
    }
    return end;
  }

  /** Takes what lies there of a blank line, or of a field of the two kinds that matter. */
  private int wholeField(byte[] bytes, int from, int to) {
    byte first = bytes[from];
    if (first == '\n' && !afterCr) {
      event.end();
      return from + 1;
    }
    int candidate = first == 'd' ? DATA : EVENT;
    byte[] name = FIELDS[candidate];
    int colon = from + name.length;
    if ((first != 'd' && first != 'e') || colon >= to || bytes[colon] != ':') {
      return from;
    }
    for (int i = 1; i < name.length; i++) {
      if (bytes[from + i] != name[i]) {
        return from;
      }
    }
    afterCr = false;
    field = candidate;
    beginField();
    return value(bytes, colon + 1, to);
  }

  /** Takes a value, to the end of the line if it is there. */
  private int value(byte[] bytes, int from, int to) {
    state = VALUE_START;
    if (from == to) {
      return from;
    }
    int start = bytes[from] == ' ' ? from + 1 : from;
    int end;
    if (field == EVENT) {
      state = EVENT_VALUE;
      end = eventValue(bytes, start, LineEnds.next(bytes, start, to));
    } else {
      state = DATA_VALUE;
      end = dataValue(bytes, start, to);
    }
    if (end == to) {
      return end;
    }
    endLine(bytes[end]);
    return end + 1;
  }

  private boolean next(byte b) {
    switch (state) {
      case BOM:
        return byteOrderMark(b);
      case LINE_START:
        return lineStart(b);
      case FIELD:
        return field(b);
      case VALUE_START:
        valueStart(b);
        return true;
      default:
        // The end of a line of which nothing else was left.
        endLine(b);
        return true;
    }
  }

  private boolean byteOrderMark(byte b) {
    if (b == BYTE_ORDER_MARK[matched]) {
      matched++;
      if (matched == BYTE_ORDER_MARK.length) {
        state = LINE_START;
      }
      return true;
    }
    state = LINE_START;
    return matched == 0 && lineStart(b);
  }

  private boolean lineStart(byte b) {
    boolean secondOfPair = afterCr && b == '\n';
    afterCr = false;
    if (secondOfPair) {
      return true;
    }
    switch (b) {
      case '\n':
      case '\r':
        afterCr = b == '\r';
        event.end();
        return true;
      case ':':
        comment = true;
        state = REST;
        return true;
      case 'd':
        return field(DATA, b);
      case 'e':
        return field(EVENT, b);
      case 'i':
        return field(ID, b);
      case 'r':
        return field(RETRY, b);
      default:
        return unknownField();
    }
  }

  private boolean field(int candidate, byte first) {
    field = candidate;
    matched = 0;
    state = FIELD;
    return field(first);
  }

  private boolean field(byte b) {
    if (matched == 1 && field == EVENT && b == FIELDS[ERROR][1]) {
      field = ERROR;
    }
    byte[] name = FIELDS[field];
    if (matched < name.length && b == name[matched]) {
      matched++;
      return true;
    }
    if (matched < name.length || (b != ':' && !LineEnds.is(b))) {
      return unknownField() && rest(b);
    }
    beginField();
    if (LineEnds.is(b)) {
      endLine(b);
    } else {
      state = VALUE_START;
    }
    return true;
  }

  /**
   * Passes over a field that nobody knows, unless the stream begins with it: then it is no event
   * stream.
   */
  private boolean unknownField() {
    field = ID;
    state = REST;
    return known;
  }

  private boolean rest(byte b) {
    if (LineEnds.is(b)) {
      endLine(b);
    }
    return true;
  }

  private void beginField() {
    known = true;
    event.begin();
    if (field == EVENT) {
      event.beginName();
    } else if (field == DATA) {
      event.beginData();
    } else if (field == ERROR) {
      event.beginError();
    } else if (field == ID) {
      event.hasId();
    }
  }

  private void valueStart(byte b) {
    state = field == EVENT ? EVENT_VALUE : field == DATA || field == ERROR ? DATA_VALUE : REST;
    if (b == ' ') {
      return;
    }
    if (LineEnds.is(b)) {
      endLine(b);
    } else if (state != REST) {
      event.first(b, state == EVENT_VALUE);
    }
  }

  private void endLine(byte b) {
    if (comment) {
      comment = false;
      known = true;
      if (!event.hasBegun()) {
        event.comment(COMMENT_NAME);
      }
    }
    field = ID;
    state = LINE_START;
    afterCr = b == '\r';
  }
}
