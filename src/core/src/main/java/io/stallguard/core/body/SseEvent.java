package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** The server-sent event that is being read, and after it the next, as its fields come. */
final class SseEvent {
  private static final ShownName DEFAULT_NAME = ShownName.constant("message");

  private final EventNames names;
  private final Reading reading;
  private final WholeData whole;
  private final DataScan scan;
  private final byte[] one = new byte[1];
  private byte[] name = EventNames.NO_NAME;
  private int nameLength;

  /** The last name that came with an event, as most events have the name of the one before. */
  private ShownName shownName = ShownName.NONE;

  private boolean begun;
  private boolean hasData;
  private boolean isError;

  /** Whether the event's name, which it has before its data, is one of a heartbeat. */
  private boolean isHeartbeat;

  private int dataLines;

  SseEvent(EventNames names, Reading reading) {
    this.names = names;
    this.reading = reading;
    this.whole = new WholeData(names);
    this.scan = new DataScan(names, true);
  }

  /** Whether any field has come of an event whose end has not. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether what has come of an event is of a heartbeat, whatever follows. */
  boolean isHeartbeat() {
    return isHeartbeat;
  }

  /**
   * Whether the event can be no piece of an answer any more. For the thread that delivers the
   * bytes.
   *
   * @param lineEnded whether the line that came last has its end, or says nothing
   * @param hasField whether a field has begun
   */
  boolean isNoPiece(boolean lineEnded, boolean hasField) {
    if (isError) {
      return false;
    }
    if (dataLines == 0) {
      return nameLength == 0
          ? !hasField
          : HalfEvent.isNoPiece(reading.dialect(), shownName(), Place.NAME);
    }
    ShownName name = nameLength == 0 ? null : shownName();
    return isNoPieceByWhole(lineEnded)
        || HalfEvent.isNoPiece(reading.dialect(), name, Place.NAME, scan.findings());
  }

  private boolean isNoPieceByWhole(boolean lineEnded) {
    return dataLines == 1
        && (lineEnded ? whole.isKnown() : HalfEvent.isNoPiece(reading.dialect(), whole));
  }

  /** Whether an event whose name is still coming can be no piece of an answer any more. */
  boolean hasNameOfNoPiece() {
    return dataLines == 0
        && nameLength > 0
        && (HalfEvent.isNoPiece(reading.dialect(), shownName(), Place.NAME)
            || (names.hasStandardHeartbeats()
                && HalfEvent.mayBeHeartbeat(reading.dialect(), name, nameLength)));
  }

  /** Takes a comment between two events; a comment inside an event is a part of it. */
  void comment(ShownName commentName) {
    reading.heartbeat(commentName);
  }

  void begin() {
    begun = true;
  }

  void hasId() {
    reading.isResumable();
  }

  void beginName() {
    nameLength = 0;
    isHeartbeat = false;
  }

  void name(byte[] bytes, int from, int to) {
    int length = Math.min(to - from, EventNames.LONGEST - nameLength);
    if (nameLength + length > name.length) {
      name = EventNames.room(name, nameLength + length);
    }
    System.arraycopy(bytes, from, name, nameLength, length);
    nameLength += length;
  }

  void beginError() {
    isError = true;
    beginData();
  }

  void beginData() {
    dataLines++;
    whole.begin(nameLength == 0 || DEFAULT_NAME.is(name, nameLength));
    if (dataLines > 1) {
      // A second line makes the data a line feed at least.
      hasData = true;
    } else {
      beginScan();
    }
  }

  private void beginScan() {
    ShownName shown = nameLength == 0 ? ShownName.NONE : shownName();
    Saying known = reading.known(shown, Place.NAME);
    isHeartbeat = shown.isHeartbeat() && !shown.isTerminal();
    if (known == null) {
      boolean isOfNobody = reading.dialect() == null;
      scan.beginUnknown(reading.meant(shown), reading.looksIntoPieces(), isOfNobody);
    } else {
      scan.begin(known, false);
    }
  }

  /** Takes the first byte of a value that came alone. */
  void first(byte b, boolean isName) {
    one[0] = b;
    if (isName) {
      name(one, 0, 1);
    } else {
      data(one, 0, 1);
    }
  }

  /**
   * Takes some bytes of the data.
   *
   * @return the index of the end of the line, or {@code to}
   */
  int data(byte[] bytes, int from, int to) {
    int same = scan.repeated(bytes, from, to);
    int end = LineEnds.next(bytes, same, to);
    if (from < end) {
      hasData = true;
      if (whole.isPossible()) {
        whole.next(bytes, from, end);
      }
      if (!scan.isOver()) {
        scan.next(bytes, same, end);
      }
    }
    return end;
  }

  /** Whether nothing of the line has to be looked at any more. */
  boolean isLineOver() {
    return hasData && !whole.isPossible() && scan.isOver();
  }

  /** Takes a blank line: what came is whole. */
  void end() {
    if (begun) {
      tell();
    }
    begun = false;
    hasData = false;
    isError = false;
    isHeartbeat = false;
    nameLength = 0;
    dataLines = 0;
  }

  /**
   * Ends the body: an event that says all without the blank line counts.
   *
   * @param lineEnded whether its last line has an end
   * @param nameEnded whether the line of its name has one, if there is any
   */
  void endOfBody(boolean lineEnded, boolean nameEnded) {
    if (!begun) {
      return;
    }
    ShownName shown = nameLength == 0 ? null : shownName();
    if (!hasData) {
      endWithinFields(nameEnded ? shown : null);
    } else if (isKnown() || (lineEnded && scan.isWhole())) {
      end();
    } else {
      reading.brokenOff(shown, Place.NAME, scan, dataLines == 1 && whole.isPossible());
    }
  }

  /**
   * Ends the body within the fields of an event. Without data only a name that means something
   * tells anything.
   */
  private void endWithinFields(@Nullable ShownName shown) {
    if (shown != null && reading.meant(shown) != null) {
      scan.begin();
      reading.brokenOff(shown, Place.NAME, scan, false);
    }
  }

  private boolean isKnown() {
    return dataLines == 1 && whole.isKnown();
  }

  private void tell() {
    ShownName shown = nameLength == 0 ? null : shownName();
    if (dataLines == 0) {
      scan.begin();
    }
    if (isError) {
      reading.failed(ShownName.ERROR, errorName());
    } else if (isKnown()) {
      whole.tell(reading, shown == null ? DEFAULT_NAME : shown);
    } else {
      reading.event(shown, Place.NAME, DEFAULT_NAME, scan, hasData);
    }
  }

  private String errorName() {
    ShownName type = scan.findings().type();
    String code = scan.findings().errorName();
    return type != null ? type.toString() : code == null ? "error" : code;
  }

  private ShownName shownName() {
    if (!shownName.is(name, nameLength)) {
      shownName = names.shown(name, nameLength);
    }
    return shownName;
  }
}
