package io.stallguard.core.body;

/**
 * Counts the events of one stream as its format finds them, and keeps what they make up. The thread
 * that delivers the bytes calls; a call for each event, none for each byte.
 */
public interface EventTally {
  /** An event is whole. */
  void happened(EventKind kind, ShownName name);

  /** Bytes came in which no events can be told: all are progress. */
  void bytesOfNoFormat();

  /** What the events so far have said of the answer: one object as long as the stream lives. */
  Answer answer();

  /** How many events were no heartbeats. */
  long progress();

  /** Whether what comes now was waited for, as streams go. */
  boolean isSlow();
}
