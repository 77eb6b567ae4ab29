package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** What has been found in the data of an event: keys, names, the kind of an error. */
final class Findings {
  /** The longest finish reason that counts. */
  private static final int LONGEST_REASON = 32;

  /** The greatest depth at which a dialect has its finish reasons. */
  private static final int DEEPEST_REASON = 4;

  private static final int UNKNOWN = DataKeys.UNKNOWN;

  private final EventNames names;
  private final DataKeys keys;
  private final EventData data = new EventData();
  private final ErrorName error = new ErrorName();
  private @Nullable ShownName type;
  private @Nullable ShownName event;
  private @Nullable ShownName eventType;
  private @Nullable ShownName method;
  private @Nullable KeyItem item;

  /** Whether the event is nothing but an error, as older servers of vLLM's kind tell theirs. */
  private boolean isErrorObject;

  Findings(EventNames names) {
    this.names = names;
    this.keys = names.keys();
  }

  /** How many names the event has; one that tells of an error counts. */
  int names() {
    boolean hasErrorKey = isErrorObject || data.has(Key.ERROR);
    return one(type != null) + one(event != null) + one(method != null) + one(hasErrorKey);
  }

  private static int one(boolean isThere) {
    return isThere ? 1 : 0;
  }

  /** Another event begins. */
  void clear() {
    data.clear();
    error.clear();
    type = null;
    event = null;
    eventType = null;
    method = null;
    item = null;
    isErrorObject = false;
  }

  /** A value has begun, or a word has come to its end. */
  void found(int id, Value kind, int depth, PiecePlace piece) {
    found(id, kind, depth, piece.fillsDelta(id));
    if (piece.isInPiece()) {
      foundInPiece(id, kind);
    }
  }

  /**
   * A value has begun, or a word has come to its end, whether or not pieces of an answer stand
   * there, or a delta has more than labels by it.
   */
  void found(int id, Value kind, int depth, boolean fillsDelta) {
    Key key = DataKeys.key(id);
    if (key != null) {
      data.found(key, kind, depth == 1);
    } else if (depth == 1) {
      data.foundUnknown(kind);
    }
    if (fillsDelta && (kind == Value.OTHER || kind == Value.NUMBER)) {
      data.deltaFilled();
    }
  }

  /** The value that has begun stands where pieces of an answer do. */
  void foundInPiece(int id, Value kind) {
    data.foundInPiece(id == UNKNOWN ? null : DataKeys.key(id), kind);
  }

  /** An object or a list has begun. */
  void opened(int id, int depth) {
    data.opens(DataKeys.key(id), depth + 1);
    if (id == UNKNOWN) {
      return;
    }
    found(id, Value.OTHER, depth, false);
    if (keys.hasItems() && item == null) {
      item = keys.item(id);
    }
  }

  /**
   * A string begins.
   *
   * @param isOfError whether it is text of an error that counts
   */
  void begins(int id, boolean isFilled, boolean isOfError, boolean isInError) {
    Key key = DataKeys.key(id);
    if (isOfError && isFilled) {
      error.says();
    } else if (key != null && key.isText() && !isInError) {
      data.foundText(isFilled);
    }
  }

  /** A value begins; tells whether it says of which answer the event is. */
  boolean idBegins(int id, int depth, boolean isFilled) {
    Key key = DataKeys.key(id);
    boolean isId = isFilled && data.isId(key, depth);
    if (isId) {
      data.idBegins(key);
    }
    return isId;
  }

  /** Some bytes of a value. */
  void idGoesOn(byte[] bytes, int from, int to, boolean isOver) {
    if (data.isInId()) {
      data.idGoesOn(bytes, from, to, isOver);
    }
  }

  /** Whether the value of this key is needed, and not only of which kind it is. */
  boolean isAsked(int id, int depth, boolean isInError) {
    if (id == UNKNOWN || keys.isAnywhere(id)) {
      return id != UNKNOWN;
    }
    boolean isName = id <= Key.METHOD.number() || id == Key.OBJECT.number();
    boolean isKind = id == Key.TYPE.number() || ErrorName.isCode(id);
    boolean isText = id == Key.ERROR.number() || id == Key.MESSAGE.number();
    if (id == Key.STATE.number()) {
      return data.isStateOfTask(depth);
    }
    return (depth == 1 && (isName || isKind)) || (isInError && (isKind || isText));
  }

  private void completeAnywhere(int id, AskedValue value, int depth) {
    Key key = DataKeys.key(id);
    if (key != null && key.isReason()) {
      if (depth <= DEEPEST_REASON && value.isString() && value.length() <= LONGEST_REASON) {
        data.finishes(Reason.of(value.bytes(), value.kept()));
      }
    } else if (key == Key.DONE && value.isTrue() && depth == 1) {
      data.isDone();
    }
    boolean isThere = value.isString() || value.kind() != Value.NULL;
    if (keys.hasItems() && item == null && isThere) {
      item = keys.item(id, value);
    }
  }

  /** The value of a key is there, of which it is known where it stands. */
  void complete(int id, AskedValue value, int depth, boolean isInError) {
    if (keys.isAnywhere(id)) {
      completeAnywhere(id, value, depth);
    }
    Key key = DataKeys.key(id);
    if (key == null) {
      return;
    }
    if (isInError) {
      error.foundInside(key, value.bytes(), value.length());
    } else if (ErrorName.isCode(id) && depth == 1) {
      error.found(key, value.bytes(), value.length());
    } else if (depth == 1 && value.isString()) {
      completeName(key, value);
    } else if (key == Key.STATE && value.isString() && data.isStateOfTask(depth)) {
      data.taskIs(value.bytes(), value.kept());
    }
  }

  private void completeName(Key key, AskedValue value) {
    switch (key) {
      case TYPE:
        type = names.shown(value.bytes(), value.kept());
        break;
      case EVENT:
        event = names.shown(value.bytes(), value.kept());
        break;
      case EVENT_TYPE:
        eventType = names.shown(value.bytes(), value.kept());
        break;
      case METHOD:
        method = names.shown(value.bytes(), value.kept());
        break;
      case OBJECT:
        isErrorObject = ShownName.ERROR.is(value.bytes(), value.length());
        break;
      default:
        break;
    }
  }

  EventData data() {
    return data;
  }

  @Nullable ShownName type() {
    return type;
  }

  @Nullable ShownName event() {
    return event;
  }

  @Nullable ShownName eventType() {
    return eventType;
  }

  @Nullable ShownName method() {
    return method;
  }

  /** The operator's item that the data has; null if none. */
  @Nullable KeyItem item() {
    return item;
  }

  /** What is said of an error in the data. */
  ErrorName error() {
    return error;
  }

  /** Whether the data tells of an error. */
  boolean hasError() {
    return isErrorObject || error.isTold();
  }

  /** Whether nobody but a provider tells of errors like this. */
  boolean hasErrorOfProvider() {
    return isErrorObject || error.hasKind();
  }

  /** The kind of the error that the data tells of; null if it does not say. */
  @Nullable String errorName() {
    ShownName kind = type;
    return isErrorObject && kind != null ? error.nameOf(kind) : error.name();
  }
}
