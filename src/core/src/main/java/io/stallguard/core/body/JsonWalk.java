package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Follows the strings and the nesting of one JSON document, and tells what its keys are. */
final class JsonWalk {
  // Not a parser: what it takes to tell a key of the outermost object from the same letters
  // elsewhere. Strings that nobody asks for are skipped eight bytes at a time.

  /** Between the tokens of a document. */
  private static final int BETWEEN = 0;

  private static final int KEY = 1;

  /** The first byte of a string that is a value. */
  private static final int FIRST = 2;

  /** Inside a string that nobody asks for. */
  private static final int STRING = 3;

  /** Inside a string, word or number that is asked for. */
  private static final int VALUE = 4;

  /** The document has come to its end, or there is none. */
  private static final int NOTHING = 5;

  /** The greatest depth at which objects are told from lists: nobody asks what deeper ones have. */
  private static final int DEEPEST = 62;

  /** How deep a list of choices may be. */
  private static final int DEEPEST_LIST = 3;

  private static final int UNKNOWN = DataKeys.UNKNOWN;

  private final DataKeys keys;
  private final Findings findings;
  private final AskedValue value = new AskedValue();
  private int state = NOTHING;

  /** The mould that learns the event meanwhile. */
  private Mould mould = Mould.NONE;

  private boolean begun;
  private int depth;

  /** A bit for each depth that is an object. */
  private long objects;

  private boolean keyExpected;

  /** Whether nothing has come yet in what was opened last. */
  private boolean justOpened;

  private boolean escaped;
  private long hash;
  private int length;

  /** The key whose value is next. */
  private int id = UNKNOWN;

  private final PiecePlace piece = new PiecePlace();
  private final ErrorPlace error = new ErrorPlace();

  /** The depth of each choice in a list of them. */
  private int choiceDepth;

  JsonWalk(DataKeys keys, Findings findings) {
    this.keys = keys;
    this.findings = findings;
  }

  void begin() {
    state = BETWEEN;
    begun = false;
    depth = 0;
    keyExpected = false;
    justOpened = false;
    escaped = false;
    id = UNKNOWN;
    piece.clear();
    error.clear();
    choiceDepth = 0;
  }

  /** Whether the document is over, or there is none. */
  boolean isEnded() {
    return state == NOTHING;
  }

  /** Whether the document is over, from its first bracket to its last. */
  boolean isWhole() {
    return begun && state == NOTHING && depth <= 0;
  }

  /** Has what is looked at from now on learned, if the mould is open. */
  void learns(Mould learner) {
    mould = learner;
  }

  /**
   * Takes bytes until another one of the names of the event is there.
   *
   * @return the index behind those that were taken
   */
  int next(byte[] bytes, int from, int to) {
    int i = from;
    int named = findings.names();
    while (i < to && state != NOTHING && findings.names() == named) {
      i = step(bytes, i, to);
    }
    return i;
  }

  /** Takes all of the bytes. */
  void all(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      i = step(bytes, i, to);
    }
  }

  private int step(byte[] bytes, int from, int to) {
    switch (state) {
      case BETWEEN:
        return between(bytes, from, to);
      case KEY:
        return key(bytes, from, to);
      case FIRST:
        first(bytes, from);
        return from;
      case STRING:
        return string(bytes, from, to);
      default:
        return value(bytes, from, to);
    }
  }

  private int between(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && state == BETWEEN) {
      byte b = bytes[i++];
      if (b == '"') {
        quote();
      } else if (b > ' ' && b != ':' && !structure(b)) {
        i = bare(bytes, i);
      }
    }
    return i;
  }

  private boolean structure(byte b) {
    switch (b) {
      case '{':
      case '[':
        open(b == '{');
        return true;
      case '}':
      case ']':
        close();
        return true;
      case ',':
        keyExpected = isObject();
        id = UNKNOWN;
        return true;
      default:
        return false;
    }
  }

  /** Takes a bare word or number: what is not asked for is passed over byte by byte. */
  private int bare(byte[] bytes, int next) {
    token();
    if (!begun) {
      state = NOTHING;
    } else if (id != UNKNOWN) {
      value.begin(false);
      state = VALUE;
      learnNumber(bytes, next - 1);
      return next - 1;
    } else if (bytes[next - 1] < 'a') {
      found(Value.NUMBER);
      mould.digit(bytes, next - 1);
    }
    return next;
  }

  private void found(Value kind) {
    findings.found(id, kind, depth, piece);
  }

  private void learnNumber(byte[] bytes, int at) {
    boolean isAsked = findings.isAsked(id, depth, isOfError() || error.isAt(depth));
    boolean isOfChoice = id == Key.INDEX.number() && depth == choiceDepth;
    boolean isId = findings.idBegins(id, depth, Mould.isOfNumber(bytes[at]));
    value.beginNumber(isAsked || !isId);
    if (!isAsked && !isOfChoice) {
      mould.number(bytes, at, isId);
    }
  }

  private boolean isObject() {
    return depth <= DEEPEST && (objects & (1L << depth)) != 0;
  }

  private void quote() {
    token();
    if (!begun) {
      state = NOTHING;
    } else if (keyExpected) {
      keyExpected = false;
      hash = 0;
      length = 0;
      state = KEY;
    } else {
      state = FIRST;
    }
  }

  /** Notes that something stands in what was opened last. */
  private void token() {
    if (justOpened) {
      justOpened = false;
      id = UNKNOWN;
    }
  }

  private void open(boolean object) {
    token();
    begun = true;
    findings.opened(id, depth);
    piece.opens(DataKeys.key(id), depth + 1, isObject());
    depth++;
    if (depth <= DEEPEST) {
      objects = object ? objects | (1L << depth) : objects & ~(1L << depth);
    }
    if (depth == choiceDepth) {
      findings.data().choiceBegins();
    } else {
      opened(DataKeys.key(id), object);
    }
    // The key is kept until it is known whether there is anything in what is opened.
    justOpened = true;
    keyExpected = object;
  }

  private void opened(@Nullable Key key, boolean object) {
    if (key == null) {
      return;
    }
    if (key == Key.ERROR) {
      error.opens(depth, isErrorsPlace(depth - 1));
      mould.abandon();
    } else if (key.isArguments()) {
      mould.abandon();
    } else if (key.hasAlternatives() && depth <= DEEPEST_LIST && !object && !piece.isForeign()) {
      choiceDepth = depth + 1;
    } else if (key == Key.X_GROQ && depth == 2 && object) {
      error.opensBeside(depth);
    }
  }

  private void close() {
    if (justOpened) {
      closeEmpty();
    }
    if (depth == choiceDepth && depth > 0) {
      findings.data().choiceEnds();
    }
    justOpened = false;
    keyExpected = false;
    id = UNKNOWN;
    depth--;
    piece.closes(depth);
    error.closes(depth);
    choiceDepth = depth < choiceDepth - 1 ? 0 : choiceDepth;
    if (depth <= 0) {
      state = NOTHING;
    }
  }

  private void closeEmpty() {
    Key key = DataKeys.key(id);
    if (depth == 1 && isObject()) {
      findings.data().isNothing();
    } else if (key != null) {
      findings.data().foundEmpty(key, depth == 2);
    }
  }

  private int key(byte[] bytes, int from, int to) {
    long sum = hash;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '"' && !escaped) {
        id = keys.find(sum, length);
        state = BETWEEN;
        return i + 1;
      }
      escaped = b == '\\' && !escaped;
      sum = DataKeys.add(sum, b);
      length++;
    }
    hash = sum;
    return to;
  }

  private void first(byte[] bytes, int at) {
    byte b = bytes[at];
    found(b == '"' ? Value.EMPTY : Value.OTHER);
    boolean isOfError = isOfError();
    boolean isAsked = findings.isAsked(id, depth, isOfError || error.isAt(depth));
    findings.begins(id, b != '"', isOfError && !isAsked, error.isInside());
    value.begin(true);
    state = isAsked ? VALUE : STRING;
    boolean isId = findings.idBegins(id, depth, b != '"');
    if (isOfError) {
      // The text of an error is not kept.
      mould.abandon();
    } else if (!isAsked && b != '"') {
      mould.text(bytes, at, isId);
    }
  }

  /** Whether what is read is, or is part of, an error that counts. */
  private boolean isOfError() {
    return error.isInside() ? error.counts() : id == Key.ERROR.number() && isErrorsPlace(depth);
  }

  private boolean isErrorsPlace(int at) {
    return !piece.isInArguments() && (at == 1 || at == choiceDepth || error.isBeside(at));
  }

  private int string(byte[] bytes, int from, int to) {
    int end = stringEnd(bytes, from, to);
    boolean isOver = state != STRING;
    findings.idGoesOn(bytes, from, isOver ? end - 1 : end, isOver);
    return end;
  }

  private int stringEnd(byte[] bytes, int from, int to) {
    int i = escaped ? from + 1 : from;
    escaped = false;
    while (i < to) {
      i = LineEnds.nextQuote(bytes, i, to);
      if (i == to) {
        return to;
      }
      if (bytes[i++] == '"') {
        state = BETWEEN;
        id = UNKNOWN;
        mould.gapEnds(i - 1);
        return i;
      }
      if (i == to) {
        escaped = true;
        return to;
      }
      i++;
    }
    return i;
  }

  private int value(byte[] bytes, int from, int to) {
    int i = value.next(bytes, from, to);
    boolean isOver = value.isComplete();
    findings.idGoesOn(bytes, from, isOver && value.isString() ? i - 1 : i, isOver);
    if (isOver) {
      state = BETWEEN;
      mould.gapEnds(i);
      if (!value.isString()) {
        found(value.kind());
      }
      if (id == Key.INDEX.number() && depth == choiceDepth && value.kind() == Value.NUMBER) {
        findings.data().choiceHasIndex(value.number());
      }
      if (isOfError()) {
        findings.error().says(id, value);
      }
      findings.complete(id, value, piece.mayTellOfEnd() ? depth : DEEPEST, error.isAt(depth));
      id = UNKNOWN;
    }
    return i;
  }
}
