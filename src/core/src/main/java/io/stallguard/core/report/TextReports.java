package io.stallguard.core.report;

import io.stallguard.core.engine.ConnectStall;
import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.engine.Unanswered;
import io.stallguard.core.words.SilenceEnd;

/** Reports as text. */
final class TextReports implements ReportFormat {
  @Override
  public String released(Incident incident) {
    return Timeline.released(incident);
  }

  @Override
  public String observed(Stall stall, StackTraceElement[] stack) {
    return Timeline.observed(stall, stack);
  }

  @Override
  public String unanswered(Unanswered silence) {
    return silence.text();
  }

  @Override
  public String silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {
    return Timeline.silenceEnded(stream, silence, how);
  }

  @Override
  public String connect(ConnectStall stall) {
    return stall.text();
  }

  @Override
  public String line(String event, String message) {
    return message;
  }
}
