package io.stallguard.core.body;

import org.jspecify.annotations.Nullable;

/** Compares the whole data of an event with what is known to be an end, or a heartbeat. */
final class WholeData {
  // Mostly the first byte tells that it is none of them.

  private static final int NEW = 0;
  private static final int POSSIBLE = 1;
  private static final int IMPOSSIBLE = 2;

  private final EventNames names;
  private final NameMatch done = EventNames.doneMatch();
  private final @Nullable NameMatch terminal;
  private final @Nullable NameMatch heartbeat;

  /**
   * Compares with the usual names of heartbeats; null where the operator says what heartbeats are.
   */
  private final @Nullable BeatWord beat;

  /** What the data may be, by its first byte. */
  private int state;

  private boolean isPlain;

  /**
   * Whether blanks came before the data: many texts come word by word, with a blank before each.
   */
  private boolean isIndented;

  WholeData(EventNames names) {
    this.names = names;
    this.terminal = names.terminalMatch();
    this.heartbeat = names.heartbeatMatch();
    this.beat = names.hasStandardHeartbeats() ? new BeatWord() : null;
  }

  /**
   * Another datum begins.
   *
   * @param hasNoName whether nothing else says what it is
   */
  void begin(boolean hasNoName) {
    isPlain = hasNoName;
    isIndented = false;
    state = NEW;
  }

  private void begin() {
    done.begin();
    if (terminal != null) {
      terminal.begin();
    }
    if (heartbeat != null) {
      heartbeat.begin();
    }
    if (beat != null) {
      beat.begin();
    }
  }

  /** Takes some bytes; tells whether the data may still become something that is known. */
  boolean next(byte[] bytes, int from, int to) {
    int first = state == NEW ? pastBlanks(bytes, from, to) : from;
    if (state == NEW && first < to) {
      state = mayBegin(bytes[first]) ? POSSIBLE : IMPOSSIBLE;
      if (state == POSSIBLE) {
        begin();
      }
    }
    if (state == POSSIBLE) {
      compare(bytes, first, to);
    }
    return isPossible();
  }

  private int pastBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isBlank(bytes[i])) {
      i++;
    }
    isIndented |= i > from;
    return i;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private boolean mayBegin(byte b) {
    return names.mayBeginWhole(b) && (!isIndented || b == '[' || b == '"');
  }

  private void compare(byte[] bytes, int from, int to) {
    nextOfDone(bytes, from, to);
    if (terminal != null) {
      next(terminal, bytes, from, to);
    }
    if (heartbeat != null) {
      next(heartbeat, bytes, from, to);
    }
    if (beat != null) {
      next(beat, bytes, from, to);
    }
  }

  /** Takes some bytes of OpenAI's end: blanks behind it are no part of it. */
  private void nextOfDone(byte[] bytes, int from, int to) {
    for (int i = from; i < to && done.isPossible(); i++) {
      if (!isBlank(bytes[i]) || !done.isWhole()) {
        done.next(bytes[i]);
      }
    }
  }

  private static void next(NameMatch match, byte[] bytes, int from, int to) {
    for (int i = from; i < to && match.isPossible(); i++) {
      match.next(bytes[i]);
    }
  }

  private static void next(BeatWord word, byte[] bytes, int from, int to) {
    for (int i = from; i < to && word.isPossible(); i++) {
      word.next(bytes[i]);
    }
  }

  /** Whether what has come may still become something that is known. */
  boolean isPossible() {
    return state == NEW || (state == POSSIBLE && isAnyPossible());
  }

  private boolean isAnyPossible() {
    return done.isPossible()
        || (terminal != null && terminal.isPossible())
        || (heartbeat != null && heartbeat.isPossible())
        || (beat != null && isPlain && beat.isPossible());
  }

  /** Whether the data is the begin of a word that ends a stream, or is a heartbeat, and no JSON. */
  boolean isPartOfWord() {
    int length = done.length();
    return state == POSSIBLE
        && length > 0
        && ((done.isPossible() && length >= HalfEvent.LEAST)
            || (beat != null && isPlain && beat.isPossible()));
  }

  /** Whether the data is what OpenAI ends with. */
  boolean isDone() {
    return state == POSSIBLE && done.isWhole();
  }

  /** Whether the data is what the operator says ends a stream. */
  boolean isTerminal() {
    return state == POSSIBLE && terminal != null && terminal.isWhole();
  }

  private boolean isHeartbeat() {
    return state == POSSIBLE
        && ((heartbeat != null && heartbeat.isWhole())
            || (beat != null && isPlain && beat.isWhole()));
  }

  /** Whether the data is what ends a stream, if nothing else comes of it. */
  boolean isEnd() {
    return isDone() || isTerminal();
  }

  /** Whether the data is any end or heartbeat that is known. */
  boolean isKnown() {
    return isEnd() || isHeartbeat();
  }

  /** Tells what it is, of which it has to be one. */
  void tell(Reading reading, ShownName name) {
    if (isTerminal()) {
      reading.operatorsEnd(name);
    } else if (isDone()) {
      reading.done(name);
    } else {
      reading.heartbeat(name);
    }
  }
}
