package io.stallguard.core;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.core.body.EventKind;
import io.stallguard.core.body.Mark;

/** JSON documents, one a line (NDJSON, JSON Lines) or one a record (JSON text sequences). */
final class JsonLinesFormat extends StreamFormat {
  // Not a parser: it knows strings, escapes and nesting, which is what it takes to tell a key of
  // the outermost object from the same letters elsewhere. A line feed ends a line whatever is open,
  // so that nothing a server sends can put it off the track for longer than a line.

  private static final int LINE_START = 0;

  /** In the outermost object, where a key may begin. */
  private static final int BEFORE_KEY = 1;

  private static final int KEY = 2;
  private static final int AFTER_KEY = 3;
  private static final int BEFORE_VALUE = 4;

  /** A bare word of the outermost object: {@code true}, {@code null}, a number. */
  private static final int WORD = 5;

  /** A string of the outermost object, or anything deeper. */
  private static final int INSIDE = 6;

  private static final int STRING = 7;

  /** The document is whole, or is no object. */
  private static final int REST = 8;

  private static final int NO_KEYS = -1;

  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);
  private static final ShownName LINE_NAME = ShownName.constant("line");
  private static final ShownName DONE_NAME = ShownName.constant("done");
  private static final ShownName ERROR_NAME = ShownName.constant("error");
  private static final ShownName BLANK_NAME = ShownName.constant("blank line");

  /** Begins a record of a JSON text sequence (RFC 7464). */
  private static final byte RECORD_SEPARATOR = 0x1E;

  private static final byte[][] ERROR = {"error".getBytes(US_ASCII)};

  private final Events events;
  private final NameMatch terminalKey;
  private final NameMatch errorKey = new NameMatch(ERROR);
  private final boolean errorEnds;
  private int state = LINE_START;
  private int depth;
  private int keyDepth;
  private boolean escaped;
  private boolean known;
  private boolean keyIsTerminal;
  private boolean keyIsError;
  private byte[] word = TRUE;
  private int wordLength;
  private boolean done;
  private boolean error;

  /** Whether anything has come behind the document of this line, another document say. */
  private boolean more;

  JsonLinesFormat(EventNames names, Events events) {
    this.events = events;
    this.terminalKey = names.keyMatch();
    this.errorEnds = names.isTerminal(ERROR[0], ERROR[0].length);
  }

  @Override
  boolean isBetweenEvents() {
    return state == LINE_START || (state == REST && !more);
  }

  @Override
  String name() {
    return "JSON lines";
  }

  @Override
  boolean scan(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        endLine();
      } else if (state == LINE_START) {
        if (!lineStart(b)) {
          return false;
        }
      } else if (state != REST) {
        next(b);
      } else {
        more |= !isBlank(b);
      }
    }
    return true;
  }

  /** A document without a line end behind it counts once the body is over. */
  @Override
  void end() {
    if (state != LINE_START && state != REST) {
      endLine();
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == RECORD_SEPARATOR;
  }

  private boolean lineStart(byte b) {
    switch (b) {
      case ' ':
      case '\t':
      case '\r':
      case RECORD_SEPARATOR:
        return true;
      case '{':
        known = true;
        depth = 1;
        keyDepth = 1;
        state = BEFORE_KEY;
        return true;
      default:
        return otherDocument(b);
    }
  }

  private boolean otherDocument(byte b) {
    known |= mayBegin(b);
    depth = 0;
    keyDepth = NO_KEYS;
    state = INSIDE;
    inside(b);
    return known;
  }

  /** Other documents than objects are rare, but are JSON. */
  private static boolean mayBegin(byte b) {
    return b == '[' || b == '"' || b == '-' || (b >= '0' && b <= '9') || b == 't' || b == 'n';
  }

  private void next(byte b) {
    switch (state) {
      case BEFORE_KEY:
        beforeKey(b);
        break;
      case KEY:
        key(b);
        break;
      case AFTER_KEY:
        if (b == ':') {
          state = BEFORE_VALUE;
        }
        break;
      case BEFORE_VALUE:
        beforeValue(b);
        break;
      case WORD:
        word(b);
        break;
      case STRING:
        string(b);
        break;
      default:
        inside(b);
        break;
    }
  }

  private void beforeKey(byte b) {
    if (b == '"') {
      terminalKey.begin();
      errorKey.begin();
      state = KEY;
    } else if (b == '}') {
      endDocument();
    }
  }

  private void key(byte b) {
    if (escaped) {
      escaped = false;
    } else if (b == '"') {
      keyIsTerminal = terminalKey.isWhole();
      keyIsError = errorKey.isWhole();
      state = AFTER_KEY;
      return;
    } else if (b == '\\') {
      escaped = true;
    }
    terminalKey.next(b);
    errorKey.next(b);
  }

  private void beforeValue(byte b) {
    if (b == ' ' || b == '\t' || b == '\r') {
      return;
    }
    error |= keyIsError && (b == '"' || b == '{');
    if (b == TRUE[0] || b == FALSE[0]) {
      word = b == TRUE[0] ? TRUE : FALSE;
      wordLength = 1;
      state = WORD;
    } else {
      state = INSIDE;
      inside(b);
    }
  }

  private void word(byte b) {
    if (wordLength < word.length && b == word[wordLength]) {
      wordLength++;
      return;
    }
    if (wordLength == word.length && keyIsTerminal && isValueEnd(b)) {
      done |= word == TRUE;
      events.answer().begins();
    }
    state = INSIDE;
    inside(b);
  }

  private static boolean isValueEnd(byte b) {
    return b == ',' || b == '}' || b == ' ' || b == '\t' || b == '\r';
  }

  private void inside(byte b) {
    switch (b) {
      case '"':
        state = STRING;
        break;
      case '{':
      case '[':
        depth++;
        break;
      case '}':
      case ']':
        if (--depth == 0) {
          endDocument();
        }
        break;
      case ',':
        if (depth == keyDepth) {
          state = BEFORE_KEY;
        }
        break;
      default:
        break;
    }
  }

  private void string(byte b) {
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
    } else if (b == '"') {
      state = INSIDE;
    }
  }

  private void endLine() {
    if (state == LINE_START) {
      events.happened(EventKind.HEARTBEAT, BLANK_NAME);
    } else if (state != REST) {
      endDocument();
    }
    state = LINE_START;
    escaped = false;
    more = false;
  }

  private void endDocument() {
    state = REST;
    if (done) {
      events.happened(EventKind.LIFECYCLE, DONE_NAME);
      events.answer().ends(Mark.SHORT);
    } else if (error && errorEnds && (events.answer().isShown() || events.progress() == 0)) {
      events.happened(EventKind.ERROR, ERROR_NAME);
      events.answer().ends(Mark.SHORT);
    } else {
      events.happened(EventKind.CONTENT, LINE_NAME);
    }
    done = false;
    error = false;
  }
}
