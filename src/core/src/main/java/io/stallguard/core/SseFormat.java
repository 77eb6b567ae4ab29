package io.stallguard.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.core.body.EventKind;
import io.stallguard.core.body.Mark;

/** Server-sent events, as the WHATWG standard has them. */
final class SseFormat extends StreamFormat {
  // A state machine over single bytes, with one way out of it: the rest of a line that nobody needs
  // to look at, which is nearly all of a stream, is skipped eight bytes at a time.
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
  private static final byte[] DATA = "data".getBytes(US_ASCII);
  private static final byte[] EVENT = "event".getBytes(US_ASCII);
  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] RETRY = "retry".getBytes(US_ASCII);

  private static final ShownName COMMENT_NAME = ShownName.constant("comment");
  private static final ShownName DEFAULT_NAME = ShownName.constant("message");

  /** In the data, since OpenAI's chat events have no name. */
  private static final ByteSearch OPENAI_CHAT = new ByteSearch("chat.completion.chunk");

  /** It stands behind the id, and in every event: a stream that has not said it by then won't. */
  private static final int OPENAI_CHAT_WITHIN = 512;

  private static final int OPENAI_CHAT_EVENTS = 8;

  private final EventNames names;
  private final Events events;
  private final NameMatch terminal;
  private byte[] eventName = EventNames.NO_NAME;
  private int nameLength;

  /** The last one that came with an event, as most events have the name of the one before. */
  private ShownName shownName = ShownName.NONE;

  private int state = BOM;
  private byte[] field = DATA;
  private int matched;
  private boolean afterCr;
  private boolean comment;
  private boolean known;
  private boolean anyField;
  private boolean hasData;
  private int dataLines;
  private boolean terminalData;
  private int chatMatched;

  SseFormat(EventNames names, Events events) {
    this.names = names;
    this.events = events;
    this.terminal = names.dataMatch();
  }

  @Override
  boolean isBetweenEvents() {
    return state == LINE_START && !anyField;
  }

  @Override
  String name() {
    return "server-sent events";
  }

  @Override
  boolean scan(byte[] bytes, int from, int to) {
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

  /** The index up to which more than single bytes could be taken, {@code from} if none. */
  private int ahead(byte[] bytes, int from, int to) {
    switch (state) {
      case REST:
        return LineEnds.next(bytes, from, to);
      case EVENT_VALUE:
        return eventValue(bytes, from, LineEnds.next(bytes, from, to));
      case LINE_START:
        return wholeField(bytes, from, to);
      default:
        return from;
    }
  }

  private int eventValue(byte[] bytes, int from, int end) {
    int length = Math.min(end - from, EventNames.LONGEST - nameLength);
    eventName = EventNames.room(eventName, nameLength + length);
    System.arraycopy(bytes, from, eventName, nameLength, length);
    nameLength += length;
    return end;
  }

  /** What lies there of a blank line, or of a field of the two kinds that matter. */
  private int wholeField(byte[] bytes, int from, int to) {
    byte first = bytes[from];
    if (first == '\n' && !afterCr) {
      endEvent();
      return from + 1;
    }
    byte[] candidate = first == 'd' ? DATA : EVENT;
    int colon = from + candidate.length;
    if ((first != 'd' && first != 'e') || colon >= to || bytes[colon] != ':') {
      return from;
    }
    for (int i = 1; i < candidate.length; i++) {
      if (bytes[from + i] != candidate[i]) {
        return from;
      }
    }
    afterCr = false;
    field = candidate;
    beginField();
    return value(bytes, colon + 1, to);
  }

  /** To the end of the line, if the value is a name or nothing that has to be looked at. */
  private int value(byte[] bytes, int from, int to) {
    state = VALUE_START;
    if (from == to) {
      return from;
    }
    int i = bytes[from] == ' ' ? from + 1 : from;
    if (field == EVENT) {
      state = EVENT_VALUE;
      i = eventValue(bytes, i, LineEnds.next(bytes, i, to));
    } else {
      state = DATA_VALUE;
      if (i < to && !LineEnds.is(bytes[i])) {
        dataValue(bytes[i++]);
      }
      if (state != REST) {
        return i;
      }
      i = LineEnds.next(bytes, i, to);
    }
    if (i < to) {
      endLine(bytes[i++]);
    }
    return i;
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
      case DATA_VALUE:
        dataValue(b);
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
        endEvent();
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

  private boolean field(byte[] candidate, byte first) {
    field = candidate;
    matched = 0;
    state = FIELD;
    return field(first);
  }

  private boolean field(byte b) {
    if (matched < field.length && b == field[matched]) {
      matched++;
      return true;
    }
    if (matched < field.length || (b != ':' && !LineEnds.is(b))) {
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

  /** Passed over, unless the stream begins with it: then it is no event stream. */
  private boolean unknownField() {
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
    anyField = true;
    if (field == EVENT) {
      nameLength = 0;
    } else if (field == DATA) {
      terminal.begin();
      dataLines++;
      terminalData = false;
      chatMatched = 0;
    }
  }

  private void valueStart(byte b) {
    state = field == EVENT ? EVENT_VALUE : field == DATA ? DATA_VALUE : REST;
    if (b == ' ') {
      return;
    }
    if (LineEnds.is(b)) {
      endLine(b);
    } else if (state == EVENT_VALUE) {
      eventName = EventNames.room(eventName, nameLength + 1);
      eventName[nameLength++] = b;
    } else if (state == DATA_VALUE) {
      dataValue(b);
    }
  }

  private void dataValue(byte b) {
    if (LineEnds.is(b)) {
      endLine(b);
      return;
    }
    hasData = true;
    terminal.next(b);
    if (mayShow()) {
      chatMatched = OPENAI_CHAT.next(chatMatched, b);
      if (OPENAI_CHAT.isFound(chatMatched)) {
        events.answer().begins();
      }
    } else if (!terminal.isPossible()) {
      state = REST;
    }
  }

  private boolean mayShow() {
    return !events.answer().isShown()
        && terminal.length() <= OPENAI_CHAT_WITHIN
        && events.progress() < OPENAI_CHAT_EVENTS;
  }

  private void endLine(byte b) {
    if (comment) {
      comment = false;
      known = true;
      events.happened(EventKind.HEARTBEAT, COMMENT_NAME);
    } else if (field == DATA && anyField) {
      endData();
    }
    field = ID;
    state = LINE_START;
    afterCr = b == '\r';
  }

  private void endData() {
    terminalData = dataLines == 1 && terminal.isWhole();
    // A second line makes the data a line feed at least.
    hasData |= dataLines > 1;
  }

  private void endEvent() {
    if (anyField) {
      tell();
    }
    anyField = false;
    hasData = false;
    terminalData = false;
    nameLength = 0;
    dataLines = 0;
  }

  private void tell() {
    ShownName name = nameLength == 0 ? DEFAULT_NAME : shownName();
    if (name.isFirst()) {
      events.answer().begins();
    }
    if (terminalData || isTerminal(name)) {
      events.happened(name.isError() ? EventKind.ERROR : EventKind.LIFECYCLE, name);
      events.answer().ends(Mark.SHORT);
    } else if (!hasData || name.isHeartbeat()) {
      events.happened(EventKind.HEARTBEAT, name);
    } else {
      events.happened(EventKind.CONTENT, name);
    }
  }

  private ShownName shownName() {
    if (!shownName.is(eventName, nameLength)) {
      shownName = names.shown(eventName, nameLength);
    }
    return shownName;
  }

  /** An event named error ends the formats that are known to end so, and whatever it begins. */
  private boolean isTerminal(ShownName name) {
    return name.isTerminal()
        && (!name.isError() || events.answer().isShown() || events.progress() == 0);
  }
}
