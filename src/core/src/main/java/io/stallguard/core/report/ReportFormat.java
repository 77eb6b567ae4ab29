package io.stallguard.core.report;

import io.stallguard.core.engine.ConnectStall;
import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.engine.Unanswered;
import io.stallguard.core.words.SilenceEnd;

/** Makes the text of reports and lines: for people, or as JSON. */
interface ReportFormat {
  /** The report of a stall that was acted on. */
  String released(Incident incident);

  /** The report of a stall that was left alone. */
  String observed(Stall stall, StackTraceElement[] stack);

  /** The report of a silence on which nobody gives a verdict. */
  String unanswered(Unanswered silence);

  /** The line on an observed silence that is over. */
  String silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how);

  /** The line on a connection that did not come within its limit. */
  String connect(ConnectStall stall);

  /** Anything else, one line. */
  String line(String event, String message);
}
