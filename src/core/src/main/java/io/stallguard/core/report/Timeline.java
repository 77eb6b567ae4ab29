package io.stallguard.core.report;

import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.SilenceEnd;
import io.stallguard.core.words.Texts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The report of one stall as text: the stream's timeline, who waited, what was done. */
public final class Timeline {
  /**
   * The begin of a further line: every line of standard error that is ours can be told from the
   * app's.
   */
  private static final String LINE = "\n[stallguard]   ";

  private static final int TIME_WIDTH = 12;

  private final StringBuilder text = new StringBuilder(1024);
  private final Stall stall;

  private Timeline(Stall stall) {
    this.stall = stall;
  }

  /** The report of a stall that was acted on. */
  static String released(Incident incident) {
    Timeline report = new Timeline(incident.stall());
    report.head(
        incident.stall().endsNormally()
            ? "stream ended after its terminal event, connection " + incident.outcome()
            : "stream stalled, " + incident.outcome());
    report.timeline();
    report.event(0, "decided: " + incident.outcome());
    report.release(incident.releasedNanos());
    report.tail(incident.waiterStack());
    return report.text.toString();
  }

  /** The report of a stall that was left alone. */
  static String observed(Stall stall, StackTraceElement[] stack) {
    Timeline report = new Timeline(stall);
    report.head(
        stall.endsNormally()
            ? "stream would have been ended after its terminal event (mode=observe)"
            : "stream stalled, would have been aborted (mode=observe)");
    report.timeline();
    report.event(0, "decided: nothing is done in mode=observe");
    report.tail(stack);
    return report.text.toString();
  }

  /** The line that follows an observed stall when its silence is over. */
  static String silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {
    return "stream " + how + " after " + silence + " of silence: " + stream.exchange();
  }

  /** The line on what came about after the report on its stall. */
  public static String late(Incident incident, String news) {
    return news
        + " after the decision, "
        + incident.outcome()
        + ", attempt "
        + incident.round()
        + ": "
        + incident.stall().stream().exchange();
  }

  public static StackTraceElement[] stackOf(@Nullable Thread thread) {
    return thread == null ? new StackTraceElement[0] : thread.getStackTrace();
  }

  private void head(String what) {
    text.append(what).append(": ").append(stall.message());
    Exchange exchange = stall.stream().exchange();
    line(
        "client "
            + exchange.client()
            + ", content type "
            + type(exchange)
            + ", watched as "
            + stall.stream().format()
            + remote(exchange)
            + ", stream "
            + stall.stream().id()
            + ", phase "
            + stall.phase());
  }

  private static String type(Exchange exchange) {
    return exchange.contentType().isEmpty() ? "none" : Texts.clean(exchange.contentType(), 100);
  }

  private static String remote(Exchange exchange) {
    return exchange.remoteAddress() == null ? "" : ", remote address " + exchange.remoteAddress();
  }

  private void timeline() {
    String begin = stall.isOfHead() ? "request begun, " : "response head received, ";
    event(stall.stream().ageNanos(), begin + Instant.ofEpochMilli(stall.stream().openedMillis()));
    if (stall.isOfHead()) {
      event(stall.stream().ageNanos(), "silence: no response head");
    } else if (stall.stream().bytes() > 0) {
      event(stall.stream().firstByteAgeNanos(), "first byte");
      if (stall.stream().hasEvents()) {
        lastEvents();
      }
      event(stall.stream().lastByteAgeNanos(), bytes());
    } else {
      event(stall.stream().ageNanos(), "silence: no byte of the body");
    }
    event(
        0,
        stall.isByOperator()
            ? "an operator wants it aborted"
            : stall.limit().name() + " limit exceeded: " + stall.limit());
    if (stall.isUnfetched()) {
      event(
          0, "bytes or an end wait that the client does not fetch: its reader has ended, or rests");
    } else if (stall.putOff() > 0) {
      event(0, "verdict put off before, because the app was busy; times: " + stall.putOff());
    }
  }

  /**
   * The last events, in their order: the last one that was no heartbeat came before those that
   * were.
   */
  private void lastEvents() {
    if (stall.stream().hasOtherProgress()) {
      event(
          stall.stream().lastProgressAgeNanos(),
          "last event but heartbeats: " + stall.stream().lastProgressEvent());
    }
    event(stall.stream().lastEventAgeNanos(), "last event: " + stall.stream().lastEvent());
  }

  private String bytes() {
    return stall.stream().bytes()
        + " bytes so far, then silence; the longest before it was "
        + Durations.text(stall.stream().longestGapNanos());
  }

  private void release(long releasedNanos) {
    event(
        -releasedNanos,
        releasedNanos == 0
            ? "reader not released yet"
            : "reader released " + Durations.text(releasedNanos) + " after the decision");
  }

  private void tail(StackTraceElement[] stack) {
    line(stall.delivered());
    line(waiter());
    for (StackTraceElement frame : stack) {
      line("    at " + frame);
    }
  }

  private String waiter() {
    if (stall.isWaiterUnseen()) {
      return "nobody was seen waiting: the coroutine that had asked may have been cancelled";
    }
    return stall.waiter() == null
        ? "asynchronous consumer"
        : "waiting thread \"" + stall.waiterName() + "\"";
  }

  /** A line of the timeline, its time counted from the response head. */
  private void event(long ageNanos, String what) {
    String time = Durations.text(Math.max(0, stall.stream().ageNanos() - ageNanos));
    line(pad(time) + "  " + what);
  }

  private static String pad(String time) {
    StringBuilder padded = new StringBuilder(TIME_WIDTH);
    for (int i = time.length(); i < TIME_WIDTH; i++) {
      padded.append(' ');
    }
    return padded.append(time).toString();
  }

  private void line(String line) {
    text.append(LINE).append(line);
  }
}
