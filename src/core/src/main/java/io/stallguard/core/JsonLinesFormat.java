package io.stallguard.core;

import io.stallguard.core.body.Place;

/**
 * JSON documents: one a line (NDJSON, JSON Lines), one a record (JSON text sequences), one after
 * another, in one array, or a single one.
 */
final class JsonLinesFormat extends StreamFormat {
  // Where documents are lines, a line feed ends one whatever is open, so that nothing a server
  // sends can put it off the track for longer than a line.

  private static final int BETWEEN = 0;

  /** An object or a list. */
  private static final int DOCUMENT = 1;

  /** A bare word, number or string. */
  private static final int SCALAR = 2;

  private static final ShownName LINE_NAME = ShownName.constant("line");
  private static final ShownName BLANK_NAME = ShownName.constant("blank line");
  private static final ShownName SPACE_NAME = ShownName.constant("white space");

  private static final byte[] OBJECT = {'{'};
  private static final byte[] LIST = {'['};

  /** Begins a record of a JSON text sequence (RFC 7464). */
  private static final byte RECORD_SEPARATOR = 0x1E;

  private final Reading reading;
  private final boolean isLines;
  private final WholeData whole;
  private final DataScan scan;
  private int state = BETWEEN;
  private boolean known;

  /** Whether the documents are the items of one list. */
  private boolean inList;

  /** Whether nothing came since the last line feed. */
  private boolean blank = true;

  /** Whether a line feed, and spaces, are just how a document is written. */
  private boolean lineEndFree;

  private boolean indented;

  /**
   * Makes one.
   *
   * @param isLines whether each document is a line
   */
  JsonLinesFormat(EventNames names, Reading reading, boolean isLines) {
    this.reading = reading;
    this.isLines = isLines;
    this.whole = new WholeData(names);
    this.scan = new DataScan(names, false);
  }

  @Override
  boolean isBetweenEvents() {
    return state == BETWEEN;
  }

  @Override
  String name() {
    return isLines ? "JSON lines" : "JSON";
  }

  @Override
  boolean scan(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (state == DOCUMENT) {
        i = document(bytes, i, to);
      } else if (!between(bytes[i++])) {
        return false;
      }
    }
    return true;
  }

  /** A document without a line end behind it counts once the body is over; half of one does not. */
  @Override
  void end() {
    if (state == SCALAR) {
      endDocument();
    } else if (state == DOCUMENT) {
      reading.brokenOff(null, Place.NAME, scan);
    }
  }

  private int document(byte[] bytes, int from, int to) {
    int same = isLines ? scan.repeated(bytes, from, to) : from;
    int end = isLines ? LineEnds.next(bytes, same, to) : to;
    int next = scan.next(bytes, same, end);
    if (whole.isPossible()) {
      whole.next(bytes, from, next);
    }
    if (scan.isEnded()) {
      endDocument();
      return next;
    }
    if (end == to) {
      return end;
    }
    if (bytes[end] == '\n') {
      endDocument();
      blank = true;
    }
    return end + 1;
  }

  private boolean between(byte b) {
    if (b == '\n' || b == ' ' || b == '\t' || b == '\r') {
      blank(b);
      return true;
    }
    if (!known && isOfByteOrderMark(b)) {
      return true;
    }
    if (b == RECORD_SEPARATOR || (!isLines && (b == ',' || b == ']'))) {
      inList &= b != ']';
      separator();
      return true;
    }
    return state == SCALAR || begin(b);
  }

  private void separator() {
    if (state == SCALAR) {
      endDocument();
    }
    lineEndFree = true;
    indented = true;
  }

  private void blank(byte b) {
    if (state == SCALAR && (b == '\n' || !isLines)) {
      endDocument();
    }
    if (b == '\n') {
      if (isLines ? blank : !lineEndFree) {
        reading.heartbeat(BLANK_NAME);
      }
      blank = true;
      lineEndFree = false;
      indented = true;
    } else if (b != '\r' && !isLines && !indented) {
      reading.heartbeat(SPACE_NAME);
    }
  }

  private boolean begin(byte b) {
    known |= mayBegin(b);
    blank = false;
    if (b == '[' && !isLines && !inList) {
      inList = true;
      separator();
    } else if (b == '{' || b == '[') {
      state = DOCUMENT;
      whole.begin();
      scan.begin();
      byte[] first = b == '{' ? OBJECT : LIST;
      whole.next(first, 0, 1);
      scan.next(first, 0, 1);
    } else {
      state = SCALAR;
    }
    return known;
  }

  private static boolean isOfByteOrderMark(byte b) {
    return b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
  }

  /** Other documents than objects are rare, but are JSON. */
  private static boolean mayBegin(byte b) {
    return b == '{'
        || b == '['
        || b == '"'
        || b == '-'
        || (b >= '0' && b <= '9')
        || b == 't'
        || b == 'f'
        || b == 'n';
  }

  private void endDocument() {
    boolean isScalar = state == SCALAR;
    state = BETWEEN;
    lineEndFree = true;
    indented = true;
    if (isScalar) {
      reading.content(LINE_NAME);
    } else if (whole.isKnown()) {
      whole.tell(reading, LINE_NAME);
    } else {
      reading.event(null, Place.NAME, LINE_NAME, scan, true);
    }
  }
}
