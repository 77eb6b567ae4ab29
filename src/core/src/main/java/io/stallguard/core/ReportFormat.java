package io.stallguard.core;

import io.stallguard.core.words.SilenceEnd;

/** How what happens is told: as text for people, or as JSON lines. */
interface ReportFormat {
  /** A stall that was acted on. */
  String released(Incident incident);

  /** A stall that was left alone. */
  String observed(Stall stall, StackTraceElement[] stack);

  /** A silence on which nobody gives a verdict. */
  String unanswered(Unanswered silence);

  /** An observed silence that is over. */
  String silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how);

  /** A connection that did not come within its limit. */
  String connect(ConnectStall stall);

  /** Anything else, one line. */
  String line(String event, String message);
}
