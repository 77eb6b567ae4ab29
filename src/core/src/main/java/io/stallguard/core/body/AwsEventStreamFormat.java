package io.stallguard.core.body;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.zip.CRC32;

/** Messages of AWS' binary event stream, {@code application/vnd.amazon.eventstream}. */
final class AwsEventStreamFormat extends StreamFormat {
  // prelude (total length, length of headers, CRC of both) | headers | payload | CRC of all
  //
  // Only the prelude's CRC is checked: with lengths that are right the next message is found
  // whatever happened to this one. With lengths that are wrong nothing could be found any more, so
  // the stream is then watched by its bytes.
  //
  // header: length of name (1), name, type (1), value; its length is in the type, or before it

  private static final int PRELUDE = 0;
  private static final int NAME_LENGTH = 1;
  private static final int NAME = 2;
  private static final int TYPE = 3;
  private static final int VALUE_LENGTH_HIGH = 4;
  private static final int VALUE_LENGTH_LOW = 5;
  private static final int VALUE = 6;

  /** The state in which payload and CRC come. */
  private static final int REST = 7;

  private static final int PRELUDE_BYTES = 12;
  private static final int CHECKED_BYTES = 8;
  private static final int CRC_BYTES = 4;

  /** Lengths of the values by type; a string or an array of bytes brings its own. */
  private static final int[] VALUE_BYTES = {0, 0, 1, 2, 4, 8, -1, -1, 8, 16};

  private static final byte[] EVENT_TYPE = ":event-type".getBytes(US_ASCII);
  private static final byte[] MESSAGE_TYPE = ":message-type".getBytes(US_ASCII);
  private static final byte[] EXCEPTION_TYPE = ":exception-type".getBytes(US_ASCII);
  private static final byte[] EVENT = "event".getBytes(US_ASCII);

  /** The name of the event that a model's own event comes in. */
  private static final byte[] CHUNK = "chunk".getBytes(US_ASCII);

  private static final ShownName UNNAMED = ShownName.constant("message");

  private final EventNames names;
  private final Reading reading;
  private final DataScan scan;
  private final ChunkPayload chunk;
  private final byte[] prelude = new byte[PRELUDE_BYTES];
  private final byte[] headerName = new byte[EXCEPTION_TYPE.length];
  private byte[] eventName = EventNames.NO_NAME;
  private final CRC32 crc = new CRC32();
  private int state = PRELUDE;
  private int length;
  private int headersLeft;
  private long messageLeft;
  private int left;
  private int headerNameLength;
  private int nameLength;
  private boolean isName;
  private boolean isKind;
  private int kindMatched;
  private boolean failure;
  private ShownName shownName = ShownName.NONE;
  private boolean isChunk;

  AwsEventStreamFormat(EventNames names, Reading reading) {
    this.names = names;
    this.reading = reading;
    this.scan = new DataScan(names, true);
    this.chunk = new ChunkPayload(scan);
  }

  @Override
  public boolean isBetweenEvents() {
    return state == PRELUDE && length == 0;
  }

  @Override
  public boolean isNoPiece() {
    return state == REST
        && !failure
        && nameLength > 0
        && HalfEvent.isNoPiece(reading.dialect(), shownName(), Place.HEADER, scan.findings());
  }

  @Override
  public String name() {
    return "AWS event stream";
  }

  /**
   * Ends the stream. Of a message that breaks off, the headers have to be there to tell what it is.
   */
  @Override
  public void end() {
    if (state == REST) {
      reading.brokenOff(nameLength == 0 ? null : shownName(), Place.HEADER, scan, false);
    }
  }

  @Override
  public boolean scan(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (state == REST) {
        int length = (int) Math.min(messageLeft, to - i);
        payload(bytes, i, length);
        i += length;
        messageLeft -= length;
        if (messageLeft == 0) {
          endMessage();
        }
      } else if (!next(bytes[i++])) {
        return false;
      }
    }
    return true;
  }

  private boolean next(byte b) {
    if (state == PRELUDE) {
      prelude[length++] = b;
      return length < PRELUDE_BYTES || beginMessage();
    }
    headersLeft--;
    messageLeft--;
    boolean fits = header(b);
    if (fits && headersLeft == 0) {
      // A header that is cut off is as good as none.
      beginPayload();
    }
    return fits;
  }

  private boolean beginMessage() {
    long total = uint32(0);
    long headers = uint32(4);
    crc.reset();
    crc.update(prelude, 0, CHECKED_BYTES);
    if (crc.getValue() != uint32(CHECKED_BYTES)
        || headers > total - PRELUDE_BYTES - CRC_BYTES
        || headers > Integer.MAX_VALUE) {
      return false;
    }
    length = 0;
    nameLength = 0;
    failure = false;
    headersLeft = (int) headers;
    messageLeft = total - PRELUDE_BYTES;
    state = NAME_LENGTH;
    if (headersLeft == 0) {
      beginPayload();
    }
    return true;
  }

  private long uint32(int at) {
    return ((prelude[at] & 0xFFL) << 24)
        | ((prelude[at + 1] & 0xFFL) << 16)
        | ((prelude[at + 2] & 0xFFL) << 8)
        | (prelude[at + 3] & 0xFFL);
  }

  /** Takes a byte of the headers; false if no such byte can stand there. */
  private boolean header(byte b) {
    switch (state) {
      case NAME_LENGTH:
        left = b & 0xFF;
        headerNameLength = 0;
        state = left == 0 ? TYPE : NAME;
        return true;
      case NAME:
        if (headerNameLength < headerName.length) {
          headerName[headerNameLength] = b;
        }
        headerNameLength++;
        if (--left == 0) {
          state = TYPE;
        }
        return true;
      case TYPE:
        return type(b);
      case VALUE_LENGTH_HIGH:
        left = (b & 0xFF) << 8;
        state = VALUE_LENGTH_LOW;
        return true;
      case VALUE_LENGTH_LOW:
        left |= b & 0xFF;
        beginValue();
        return true;
      default:
        value(b);
        return true;
    }
  }

  private boolean type(byte type) {
    if (type < 0 || type >= VALUE_BYTES.length) {
      return false;
    }
    left = VALUE_BYTES[type];
    if (left < 0) {
      state = VALUE_LENGTH_HIGH;
    } else {
      beginValue();
    }
    return true;
  }

  private void beginValue() {
    isKind = isHeader(MESSAGE_TYPE);
    isName = isHeader(EVENT_TYPE) || isHeader(EXCEPTION_TYPE);
    if (isName) {
      nameLength = 0;
    }
    kindMatched = 0;
    state = left == 0 ? NAME_LENGTH : VALUE;
  }

  private boolean isHeader(byte[] name) {
    return EventNames.equal(name, headerName, headerNameLength);
  }

  private void value(byte b) {
    if (isName && nameLength < EventNames.LONGEST) {
      eventName = EventNames.room(eventName, nameLength + 1);
      eventName[nameLength++] = b;
    } else if (isKind && kindMatched < EVENT.length && EVENT[kindMatched] == b) {
      kindMatched++;
    }
    if (--left == 0) {
      failure |= isKind && kindMatched < EVENT.length;
      state = NAME_LENGTH;
    }
  }

  private void beginPayload() {
    state = REST;
    isChunk = EventNames.equal(CHUNK, eventName, nameLength);
    if (isChunk) {
      chunk.begin(reading.looksIntoPieces());
      return;
    }
    Saying known = nameLength == 0 ? null : reading.known(shownName(), Place.HEADER);
    scan.begin(known, known == null && reading.looksIntoPieces());
  }

  /** Takes bytes of the payload, or of the CRC behind it. */
  private void payload(byte[] bytes, int from, int count) {
    int to = from + (int) Math.min(count, Math.max(0, messageLeft - CRC_BYTES));
    if (isChunk) {
      chunk.next(bytes, from, to);
    } else if (!scan.isOver()) {
      scan.next(bytes, from, to);
    }
  }

  private void endMessage() {
    state = PRELUDE;
    ShownName name = nameLength == 0 ? null : shownName();
    if (failure) {
      ShownName shown = name == null ? ShownName.ERROR : name;
      reading.failed(shown, shown.toString());
    } else {
      reading.event(name, Place.HEADER, UNNAMED, scan, true);
    }
  }

  private ShownName shownName() {
    if (!shownName.is(eventName, nameLength)) {
      shownName = names.shown(eventName, nameLength);
    }
    return shownName;
  }
}
