package io.stallguard.core;

import org.jspecify.annotations.Nullable;

/** Compares the whole data of an event with what is known to be an end, or a heartbeat. */
final class WholeData {
  // Mostly the first byte tells that it is none of them.

  private final NameMatch done = EventNames.doneMatch();
  private final @Nullable NameMatch terminal;
  private final @Nullable NameMatch heartbeat;

  WholeData(EventNames names) {
    this.terminal = names.terminalMatch();
    this.heartbeat = names.heartbeatMatch();
  }

  void begin() {
    done.begin();
    if (terminal != null) {
      terminal.begin();
    }
    if (heartbeat != null) {
      heartbeat.begin();
    }
  }

  /** Takes some bytes; tells whether they may still become one of them. */
  boolean next(byte[] bytes, int from, int to) {
    next(done, bytes, from, to);
    if (terminal != null) {
      next(terminal, bytes, from, to);
    }
    if (heartbeat != null) {
      next(heartbeat, bytes, from, to);
    }
    return isPossible();
  }

  private static void next(NameMatch match, byte[] bytes, int from, int to) {
    for (int i = from; i < to && match.isPossible(); i++) {
      match.next(bytes[i]);
    }
  }

  /** Whether what has come may still become one of them. */
  boolean isPossible() {
    return done.isPossible()
        || (terminal != null && terminal.isPossible())
        || (heartbeat != null && heartbeat.isPossible());
  }

  /** Whether it is what OpenAI ends with. */
  boolean isDone() {
    return done.isWhole();
  }

  /** Whether it is what the operator says ends a stream. */
  boolean isTerminal() {
    return terminal != null && terminal.isWhole();
  }

  /** Whether it is what the operator says is a heartbeat. */
  boolean isHeartbeat() {
    return heartbeat != null && heartbeat.isWhole();
  }

  /** Whether it is any of them. */
  boolean isKnown() {
    return isDone() || isTerminal() || isHeartbeat();
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
