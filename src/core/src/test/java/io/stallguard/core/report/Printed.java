package io.stallguard.core.report;

import io.stallguard.core.engine.ConnectStall;
import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.words.SilenceEnd;

/** What reports say, for tests of other rooms. */
public final class Printed {
  private static final ReportFormat JSON = new JsonReports();

  private Printed() {}

  /** The JSON line on a stall that was acted on. */
  public static String json(Incident incident) {
    return JSON.released(incident);
  }

  /** The JSON line on a connection that did not come. */
  public static String json(ConnectStall stall) {
    return JSON.connect(stall);
  }

  /** The JSON line on a silence that is over. */
  public static String json(StreamFacts stream, Silence silence, SilenceEnd how) {
    return JSON.silenceEnded(stream, silence, how);
  }

  /** The report on a stall that was acted on, as text. */
  public static String text(Incident incident) {
    return new TextReports().released(incident);
  }
}
