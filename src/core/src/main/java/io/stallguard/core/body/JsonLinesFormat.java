package io.stallguard.core.body;

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

  /** The bracket that begins a line: of a list of documents, or of a document that is a list. */
  private static final int BRACKET = 3;

  private static final ShownName LINE_NAME = ShownName.constant("line");
  private static final ShownName BLANK_NAME = ShownName.constant("blank line");
  private static final ShownName SPACE_NAME = ShownName.constant("white space");

  private static final byte[] OBJECT = {'{'};
  private static final byte[] LIST = {'['};

  /** The byte that begins a record of a JSON text sequence (RFC 7464). */
  private static final byte RECORD_SEPARATOR = 0x1E;

  private final Reading reading;
  private final boolean isLines;
  private final WholeData whole;
  private final DataScan scan;
  private final byte[] one = new byte[1];
  private int state = BETWEEN;
  private boolean known;

  /** Whether the documents are the items of one list. */
  private boolean inList;

  /** Whether nothing came since the last line feed. */
  private boolean blank = true;

  /** Whether a line feed, and spaces, are just how a document is written. */
  private boolean lineEndFree;

  private boolean indented;

  /** How many documents have come. Those of a list count as several. */
  private int documents;

  /**
   * Makes a format.
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
  public boolean isBetweenEvents() {
    return state == BETWEEN;
  }

  @Override
  public boolean isNoPiece() {
    boolean hasBegun = state == DOCUMENT || state == SCALAR;
    return (hasBegun && HalfEvent.isNoPiece(reading.dialect(), whole))
        || (state == DOCUMENT
            && HalfEvent.isNoPiece(reading.dialect(), null, Place.NAME, scan.findings()));
  }

  @Override
  public String name() {
    return isLines ? "JSON lines" : "JSON";
  }

  @Override
  public boolean scan(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (state == DOCUMENT) {
        i = document(bytes, i, to);
      } else if (!between(bytes[i++])) {
        return false;
      } else if (state == SCALAR && bytes[i - 1] != '\r') {
        whole.next(bytes, i - 1, i);
      }
    }
    return true;
  }

  /** Whether a line feed ends a document, whatever is open in it. */
  private boolean areLines() {
    return isLines && !inList;
  }

  /**
   * Ends the stream. A document without a line end behind it counts once the body is over; half of
   * one does not.
   */
  @Override
  public void end() {
    if (state == SCALAR) {
      endDocument();
    } else if (state == DOCUMENT) {
      reading.brokenOff(null, Place.NAME, scan, whole.isPossible());
    } else if (!isLines && documents == 1) {
      reading.isAlone(scan.data());
    }
  }

  private int document(byte[] bytes, int from, int to) {
    int same = areLines() ? scan.repeated(bytes, from, to) : from;
    int end = areLines() ? LineEnds.next(bytes, same, to) : to;
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
    if (!known && isOfByteOrderMark(b)) {
      return true;
    }
    if (state == BRACKET) {
      afterBracket(b);
      return true;
    }
    if (isBlank(b)) {
      blank(b);
      return true;
    }
    if (b == RECORD_SEPARATOR || (!areLines() && (b == ',' || b == ']'))) {
      inList &= b != ']';
      blank &= b != ']';
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
    if (state == SCALAR && (b == '\n' || !areLines())) {
      endDocument();
    }
    if (b == '\n') {
      if (areLines() ? blank : !lineEndFree) {
        reading.heartbeat(BLANK_NAME);
      }
      blank = true;
      lineEndFree = false;
      indented = true;
    } else if (b != '\r' && !areLines() && !indented) {
      reading.heartbeat(SPACE_NAME);
    }
  }

  private boolean begin(byte b) {
    known |= mayBegin(b);
    blank = false;
    if (b == '[' && !isLines && !inList) {
      inList = true;
      separator();
    } else if (b == '[' && areLines()) {
      state = BRACKET;
    } else if (b == '{' || b == '[') {
      beginDocument(b == '{' ? OBJECT : LIST);
    } else {
      state = SCALAR;
      whole.begin(true);
    }
    return known;
  }

  private void beginDocument(byte[] first) {
    state = DOCUMENT;
    whole.begin(true);
    scan.begin();
    whole.next(first, 0, 1);
    scan.next(first, 0, 1);
  }

  /**
   * Takes the first byte behind a bracket: a list of objects is one of documents, whatever lines it
   * is written in.
   */
  private void afterBracket(byte b) {
    if (b == '{') {
      inList = true;
      separator();
      beginDocument(OBJECT);
    } else if (!isBlank(b)) {
      beginDocument(LIST);
      one[0] = b;
      document(one, 0, 1);
    }
  }

  private static boolean isBlank(byte b) {
    return b == '\n' || b == ' ' || b == '\t' || b == '\r';
  }

  private static boolean isOfByteOrderMark(byte b) {
    return b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
  }

  /** Whether a document may begin with this byte: others than objects are rare, but are JSON. */
  static boolean mayBegin(byte b) {
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
    documents += inList ? 2 : 1;
    lineEndFree = true;
    indented = true;
    if (whole.isKnown()) {
      whole.tell(reading, LINE_NAME);
    } else if (isScalar) {
      reading.content(LINE_NAME);
    } else {
      reading.event(null, Place.NAME, LINE_NAME, scan, true);
    }
  }
}
