package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/**
 * What the data of one event has shown: which keys, and what kinds of values they have. Filled by
 * the scan, asked by dialects, used again for the next event. One thread after another.
 */
final class EventData {
  private long outer;

  private long outerTrue;
  private long outerFalse;
  private long outerNull;
  private long outerEmpty;
  private long inner;
  private long innerFalse;
  private long innerEmpty;

  /** The proofs that were found, at any depth: keys by which nothing but a dialect is known. */
  private long proofs;

  private Reason reason = Reason.NONE;
  private boolean noReason;
  private boolean doneIsTrue;
  private boolean delta;
  private boolean empty;
  private boolean text;
  private boolean emptyText;

  /** Whether something that is no label stands where pieces of an answer do. */
  private boolean filled;

  /** Whether the outermost object has texts, and numbers, under keys that nobody knows. */
  private boolean stranger;

  private boolean counter;
  private final Alternatives alternatives = new Alternatives();

  /** A hash of what tells its answer from others in the stream; 0 if nothing does. */
  private int id;

  private boolean inId;

  /** The number of the key that stands in for an id, as there is none. */
  private int standIn;

  private boolean inResponse;

  /** Whether no dialect knew what has been found. */
  private boolean nobodys;

  /** Where the result of a call tells of a task; null before any result. */
  private @Nullable TaskPlace task;

  /** A new event begins. */
  void clear() {
    outer = 0;
    outerTrue = 0;
    outerFalse = 0;
    outerNull = 0;
    outerEmpty = 0;
    inner = 0;
    innerFalse = 0;
    innerEmpty = 0;
    proofs = 0;
    alternatives.clear();
    if (reason != Reason.NONE) {
      reason = Reason.NONE;
    }
    noReason = false;
    doneIsTrue = false;
    delta = false;
    empty = false;
    text = false;
    emptyText = false;
    filled = false;
    stranger = false;
    counter = false;
    id = 0;
    inId = false;
    standIn = 0;
    inResponse = false;
    nobodys = false;
    if (task != null) {
      task.clear();
    }
  }

  /** Notes that no dialect knows the data; nor is the next known if it has nothing else. */
  void isNobodys() {
    nobodys = true;
  }

  /** Whether all dialects were asked in vain, and nothing was found since. */
  boolean wasNobodys() {
    return nobodys;
  }

  /** An object or a list is opened, at this depth of what it has. */
  void opens(@Nullable Key key, int depth) {
    inResponse = depth == 2 ? key == Key.RESPONSE : inResponse;
    if (task == null && key == Key.RESULT && depth == 2) {
      task = new TaskPlace();
    }
    if (task != null) {
      task.opens(key, depth);
    }
  }

  /** Whether a state that stands at this depth is one of a task. */
  boolean isStateOfTask(int depth) {
    return task != null && task.isInStatus(depth);
  }

  /** The task is in this state. */
  void taskIs(byte[] state, int length) {
    if (task != null) {
      task.isState(state, length);
    }
  }

  /** Whether the result of a call is a task that goes on, or a part of what one makes. */
  boolean isOfTaskThatGoesOn() {
    return task != null && (task.isWorking() || task.hasArtifact());
  }

  /** Whether the value of this key tells the event's answer from others in the stream. */
  boolean isId(@Nullable Key key, int depth) {
    if (depth == 1) {
      boolean isIndex = key == Key.INDEX && (id == 0 || standIn != 0);
      boolean isModel = key == Key.MODEL && (id == 0 || standIn == Key.MODEL.standIn());
      return isIndex || isModel || key == Key.ID || key == Key.RESPONSE_ID || key == Key.RUN_ID;
    }
    return key == Key.ID && depth == 2 && inResponse;
  }

  /** A value begins that is an id, or stands in for one; the last one of an event counts. */
  void idBegins(@Nullable Key key) {
    id = IdHash.OF_NOTHING;
    inId = true;
    standIn = key == null ? 0 : key.standIn();
  }

  /** Whether the value that is read is an id, or stands in for one. */
  boolean isInId() {
    return inId;
  }

  /** Takes some bytes of the id. */
  void idGoesOn(byte[] bytes, int from, int to, boolean isOver) {
    id = IdHash.of(id, bytes, from, to);
    inId = !isOver;
  }

  /** Takes an id by its hash, which is known without the bytes. */
  void hasId(int hash) {
    id = hash;
  }

  /** What tells the event's answer from others in the stream; 0 if nothing does. */
  int id() {
    return standIn == 0 ? id : 0;
  }

  /** The id of the event's answer, or the value of this key in its place; 0 if there is neither. */
  int idOr(Key inPlace) {
    return standIn == inPlace.standIn() ? id : id();
  }

  /** Notes a key of the outermost object, or of one inside. */
  void found(Key key, Value value, boolean isOuter) {
    if (key.proof() != 0) {
      foundProof(key, value, isOuter);
    }
    if (isOuter) {
      foundOuter(key.bit(), value);
    } else if (value != Value.NULL) {
      inner |= key.bit();
      innerFalse |= value == Value.FALSE ? key.bit() : 0;
    } else {
      noReason |= key.isReason();
    }
  }

  /** Notes a proof, which to dialects that do not ask for it is a key like any other. */
  private void foundProof(Key key, Value value, boolean isOuter) {
    proofs |= value == Value.NULL ? 0 : key.proof();
    if (isOuter) {
      foundUnknown(value);
    }
  }

  private void foundOuter(long bit, Value value) {
    switch (value) {
      case NULL:
        outerNull |= bit;
        break;
      case TRUE:
        outer |= bit;
        outerTrue |= bit;
        break;
      case FALSE:
        outer |= bit;
        outerFalse |= bit;
        break;
      case EMPTY:
        outer |= bit;
        outerEmpty |= bit;
        break;
      default:
        outer |= bit;
        break;
    }
  }

  /** A value of the outermost object, under a key that nobody knows. */
  void foundUnknown(Value value) {
    stranger |= value == Value.OTHER;
    counter |= value == Value.NUMBER;
  }

  /** A value that stands where pieces of an answer do. */
  void foundInPiece(@Nullable Key key, Value value) {
    if (key == null || !key.isLabel()) {
      filled |= value == Value.OTHER || value == Value.NUMBER;
      emptyText |= value == Value.EMPTY;
    }
  }

  /** A container that was taken for a full one has nothing in it. */
  void foundEmpty(Key key, boolean isOuter) {
    emptyText |= key.isText();
    outerEmpty |= isOuter ? key.bit() : 0;
    innerEmpty |= isOuter ? 0 : key.bit();
  }

  /** A choice begins in the event. */
  void choiceBegins() {
    alternatives.begins();
  }

  /** The choice that is being read has this number. */
  void choiceHasIndex(int number) {
    alternatives.hasIndex(number);
  }

  /** The choice that is being read is over. */
  void choiceEnds() {
    alternatives.ends();
  }

  /** The choices of this event and of those before it. */
  Alternatives alternatives() {
    return alternatives;
  }

  /** A finish reason, anywhere in the event. */
  void finishes(Reason found) {
    if (found != Reason.NONE) {
      alternatives.finishes();
    }
    if (found.compareTo(reason) > 0) {
      reason = found;
    }
  }

  /** The {@code "done":true} of an event. */
  void isDone() {
    doneIsTrue = true;
  }

  /** A string of those that may be a piece of an answer. */
  void foundText(boolean isFilled) {
    text |= isFilled;
    emptyText |= !isFilled;
  }

  /** Whether there is a text that is a piece of an answer. */
  boolean hasPiece() {
    return text || (delta && has(Key.CHOICES));
  }

  /** Whether the data has the place for a piece of an answer, with nothing in it. */
  boolean isHollow() {
    return emptyText && isBlank() && !(isFilled(Key.TOOL_CALLS) || isFilledInside(Key.TOOL_CALLS));
  }

  /** Whether nothing that may be a piece of an answer stands where those do. */
  boolean isBlank() {
    return !text && !filled;
  }

  /** Whether the outermost object has a number under a key that nobody knows. */
  boolean hasCounter() {
    return counter;
  }

  /** Whether the outermost object has a text or a number under a key that nobody knows. */
  boolean isStrange() {
    return stranger || counter;
  }

  /** Whether some object has this key, one of those that are proofs, and not null. */
  boolean proves(Key key) {
    return (proofs & key.proof()) != 0;
  }

  /** The delta has something in it that is not its role. */
  void deltaFilled() {
    delta = true;
  }

  /** The data is an object without keys. */
  void isNothing() {
    empty = true;
  }

  /** Whether the outermost object has any key that some dialect is known by, and not null. */
  boolean hasAny() {
    return outer != 0 || proves(Key.BLOCK_REASON);
  }

  /** Whether the outermost object has this key, and not null. */
  boolean has(Key key) {
    return (outer & key.bit()) != 0;
  }

  boolean isNull(Key key) {
    return (outerNull & key.bit()) != 0;
  }

  boolean isTrue(Key key) {
    return (outerTrue & key.bit()) != 0;
  }

  /** Whether the value of this key is true or false. */
  boolean isFlag(Key key) {
    return ((outerTrue | outerFalse) & key.bit()) != 0;
  }

  /** Whether the value of this key is an empty string, list or object. */
  boolean isEmpty(Key key) {
    return (outerEmpty & key.bit()) != 0;
  }

  /** Whether the outermost object has this key, with something in it. */
  boolean isFilled(Key key) {
    return (outer & ~outerEmpty & key.bit()) != 0;
  }

  /** Whether some object further in has this key, and not null. */
  boolean hasInside(Key key) {
    return (inner & key.bit()) != 0;
  }

  /** Whether some object further in has this key, with a list or object that is not empty. */
  boolean isFilledInside(Key key) {
    return (inner & ~innerEmpty & key.bit()) != 0;
  }

  boolean isFalseInside(Key key) {
    return (innerFalse & key.bit()) != 0;
  }

  /** Whether a piece in the data has the place for a finish reason, and none there. */
  boolean hasNoReason() {
    return noReason;
  }

  /** What the finish reasons of the event say. */
  Reason reason() {
    return reason;
  }

  boolean isDoneTrue() {
    return doneIsTrue;
  }

  /** Whether the event's delta has something in it that is not its role. */
  boolean isDeltaFilled() {
    return delta;
  }

  /** Whether the data is an object without keys. */
  boolean isEmptyObject() {
    return empty;
  }
}
