package io.stallguard.core.body;

/** How far an event agrees with the mould of one before it, as its bytes come. */
final class MouldMatch {
  // What stands in for whatever came.
  private static final byte[] DIGIT = {'0'};
  private static final byte[] LETTER = {'x'};
  private static final byte[] BACKSLASH = {'\\'};

  private final Mould mould = new Mould();
  private int at;
  private int gap;
  private boolean inGap;

  /** Whether anything stands in the gap. */
  private boolean filled;

  private boolean escaped;
  private boolean broken;
  private boolean complete;

  /** The hash of what stands in the last gap for an id. */
  private int idHash;

  MouldMatch(JsonWalk walk) {
    walk.learns(mould);
    mould.begin();
  }

  /** Another event begins; tells whether there is a mould to compare it with. */
  boolean begin() {
    mould.begin();
    if (!mould.isWhole()) {
      return false;
    }
    at = 0;
    gap = 0;
    inGap = false;
    filled = false;
    escaped = false;
    broken = false;
    complete = false;
    enterGap();
    return true;
  }

  /** Whether there is a mould. */
  boolean isWhole() {
    return mould.isWhole();
  }

  void pieceBegins(int from) {
    mould.pieceBegins(from);
  }

  void pieceEnds(byte[] bytes, int to) {
    mould.pieceEnds(bytes, to);
  }

  /** The document that is learned is over; tells whether there is a mould of it now. */
  boolean close(boolean isGood) {
    if (!isGood) {
      mould.abandon();
    }
    return mould.close();
  }

  /** Whether all that has to be looked at of the event has come, and is the same. */
  boolean isComplete() {
    return complete;
  }

  /**
   * Takes bytes for as long as they are the same.
   *
   * @param inLine whether a line end in a string is to be left as well
   * @return the index behind those that were taken
   */
  int next(byte[] bytes, int from, int to, boolean inLine) {
    int i = from;
    while (i < to && !broken && !complete) {
      if (!inGap) {
        i = fixed(bytes, i, to);
      } else if (mould.isNumber(gap)) {
        i = number(bytes, i, to);
      } else {
        i = text(bytes, i, to, inLine);
        if (inGap && !broken) {
          return i;
        }
      }
    }
    return i;
  }

  private int fixed(byte[] bytes, int from, int to) {
    int end = gap < mould.gaps() ? mould.gapAt(gap) : mould.length();
    int count = Math.min(end - at, to - from);
    int same = LineEnds.same(bytes, from, mould.bytes(), at, count);
    at += same;
    broken = same < count;
    enterGap();
    return from + same;
  }

  private void enterGap() {
    if (gap < mould.gaps()) {
      inGap = at == mould.gapAt(gap);
      idHash = inGap && mould.isId(gap) ? IdHash.OF_NOTHING : idHash;
    } else {
      complete = at == mould.length();
      if (complete) {
        mould.hit();
      }
    }
  }

  private void leaveGap() {
    broken = !filled;
    if (filled) {
      inGap = false;
      filled = false;
      gap++;
      enterGap();
    }
  }

  private int number(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && Mould.isOfNumber(bytes[i])) {
      i++;
    }
    filled |= i > from;
    id(bytes, from, i);
    if (i < to) {
      leaveGap();
    }
    return i;
  }

  private void id(byte[] bytes, int from, int to) {
    if (mould.isId(gap)) {
      idHash = IdHash.of(idHash, bytes, from, to);
    }
  }

  /** Tells the event's data of which answer it is, where only what stands in a gap says so. */
  void tellId(EventData data) {
    if (mould.hasIdInGap()) {
      data.hasId(idHash);
    }
  }

  private int text(byte[] bytes, int from, int to, boolean inLine) {
    int i = from;
    while (i < to && inGap && !broken) {
      int stop = escaped ? i : LineEnds.nextOfString(bytes, i, to);
      filled |= stop > i;
      id(bytes, i, stop);
      if (stop == to || (inLine && LineEnds.is(bytes[stop]))) {
        return stop;
      }
      i = special(bytes, stop);
    }
    return i;
  }

  private int special(byte[] bytes, int at) {
    byte b = bytes[at];
    if (b == '"' && !escaped) {
      leaveGap();
      return at;
    }
    filled = true;
    id(bytes, at, at + 1);
    escaped = b == '\\' && !escaped;
    return at + 1;
  }

  /**
   * Has the walk follow the mould, which says the same as the event, whatever stood in the gaps.
   */
  void replay(JsonWalk walk, EventData data) {
    int from = 0;
    for (int i = 0; i < gap; i++) {
      int to = mould.gapAt(i);
      walk.all(mould.bytes(), from, to);
      walk.all(mould.isNumber(i) ? DIGIT : LETTER, 0, 1);
      replayId(i, data);
      from = to;
    }
    walk.all(mould.bytes(), from, at);
    if (inGap && filled) {
      walk.all(mould.isNumber(gap) ? DIGIT : LETTER, 0, 1);
    }
    if (inGap && escaped) {
      walk.all(BACKSLASH, 0, 1);
    }
    if (inGap && filled) {
      replayId(gap, data);
    }
    if (!complete && (at > 0 || inGap)) {
      mould.miss();
    }
  }

  private void replayId(int ofGap, EventData data) {
    if (mould.isId(ofGap)) {
      data.hasId(idHash);
    }
  }
}
