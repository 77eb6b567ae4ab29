package io.stallguard.core.body;

/** Lines that begin with a code of one letter or digit and a colon, as Vercel has them. */
final class CodedLinesFormat extends StreamFormat {
  private static final int LINE_START = 0;
  private static final int COLON = 1;
  private static final int DATA = 2;

  private static final int EMPTY_STRING = 2;

  /** A count for more than the marks of an empty string. */
  private static final int OTHER = 3;

  private static final ShownName BLANK_NAME = ShownName.constant("blank line");

  private final EventNames names;
  private final Reading reading;
  private final DataScan scan;
  private final byte[] code = new byte[1];
  private ShownName name = ShownName.NONE;
  private int state = LINE_START;

  /** Whether the first byte behind the colon has come, which begins JSON. */
  private boolean hasData;

  /** How many quotation marks the data consists of, if of nothing else. */
  private int quotes;

  CodedLinesFormat(EventNames names, Reading reading) {
    this.names = names;
    this.reading = reading;
    this.scan = new DataScan(names, true);
  }

  @Override
  public boolean isBetweenEvents() {
    return state == LINE_START;
  }

  @Override
  public boolean isNoPiece() {
    return state == DATA
        ? HalfEvent.isNoPiece(reading.dialect(), name, Place.CODE, scan.findings())
        : state == COLON && HalfEvent.isNoPiece(reading.dialect(), name, Place.CODE);
  }

  @Override
  public String name() {
    return "coded lines";
  }

  @Override
  public boolean scan(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (state == DATA) {
        if (!hasData && !JsonLinesFormat.mayBegin(bytes[i])) {
          return false;
        }
        hasData = true;
        int end = LineEnds.next(bytes, i, to);
        scan.next(bytes, i, end);
        countQuotes(bytes, i, end);
        i = end;
        if (end < to) {
          i++;
          endLine(bytes[end]);
        }
      } else if (!begin(bytes[i++])) {
        return false;
      }
    }
    return true;
  }

  private boolean begin(byte b) {
    if (state == COLON) {
      beginData();
      return b == ':';
    }
    if (b == '\n') {
      reading.heartbeat(BLANK_NAME);
      return true;
    }
    if (b == '\r') {
      return true;
    }
    code[0] = b;
    name = name.is(code, 1) ? name : names.shown(code, 1);
    state = COLON;
    return isCode(b);
  }

  static boolean isCode(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z');
  }

  private void beginData() {
    state = DATA;
    hasData = false;
    quotes = 0;
    Saying known = reading.known(name, Place.CODE);
    scan.begin(known, false);
  }

  private void endLine(byte b) {
    if (b == '\n') {
      state = LINE_START;
      reading.event(name, Place.CODE, name, scan, quotes != EMPTY_STRING);
    }
  }

  private void countQuotes(byte[] bytes, int from, int to) {
    for (int i = from; i < to && quotes <= EMPTY_STRING; i++) {
      quotes = bytes[i] == '"' ? quotes + 1 : OTHER;
    }
  }

  /** Ends the stream; the last line may have no line feed. */
  @Override
  public void end() {
    if (state == DATA && scan.isWhole()) {
      endLine((byte) '\n');
    } else if (state == DATA) {
      reading.brokenOff(name, Place.CODE, scan, false);
    }
  }
}
