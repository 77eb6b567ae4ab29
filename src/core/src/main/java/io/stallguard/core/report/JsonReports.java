package io.stallguard.core.report;

import io.stallguard.core.engine.ConnectStall;
import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.engine.Unanswered;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.SilenceEnd;
import java.time.Instant;

/** Reports as JSON, one object a line. */
final class JsonReports implements ReportFormat {
  @Override
  public String released(Incident incident) {
    Stall stall = incident.stall();
    JsonObject line =
        stall(stall.endsNormally() ? "ended" : "stall", stall, incident.waiterStack());
    line.text("action", incident.outcome());
    if (incident.releasedNanos() > 0) {
      line.seconds("releasedAfterSeconds", incident.releasedNanos());
    }
    return line.end();
  }

  @Override
  public String observed(Stall stall, StackTraceElement[] stack) {
    return stall(stall.endsNormally() ? "ended" : "stall", stall, stack)
        .text("action", "observed")
        .end();
  }

  @Override
  public String unanswered(Unanswered silence) {
    return stall("unanswered", silence.stall(), silence.stacks().toArray())
        .text("holdup", silence.what())
        .seconds("waitedSeconds", silence.waitedNanos())
        .text("action", "put off")
        .end();
  }

  @Override
  public String silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {
    JsonObject line = begin(how.toString()).number("stream", stream.id());
    exchange(line, stream.exchange());
    silence(line, silence);
    return line.text("message", Timeline.silenceEnded(stream, silence, how)).end();
  }

  @Override
  public String connect(ConnectStall stall) {
    JsonObject line = begin("stall");
    exchange(line, stall.target());
    return line.text("phase", "connect")
        .text("limit", stall.limit().name())
        .text("limitSource", stall.limit().source())
        .seconds("limitSeconds", stall.limit().nanos())
        .seconds("silentSeconds", stall.waitedNanos())
        .seconds("stoodStillSeconds", 0)
        .text("thread", stall.threadName())
        .text("action", stall.isReleased() ? "given up" : "observed")
        .text("message", stall.message())
        .end();
  }

  @Override
  public String line(String event, String message) {
    return begin(event).text("message", message).end();
  }

  private static JsonObject begin(String event) {
    return new JsonObject().text("time", Instant.now().toString()).text("event", event);
  }

  private static JsonObject stall(String event, Stall stall, Object[] stack) {
    JsonObject line = begin(event).number("stream", stall.stream().id());
    exchange(line, stall.stream().exchange());
    Limit limit = stall.limit();
    line.text("phase", stall.phase().toString())
        .text("limit", limit.name())
        .text("limitSource", limit.source());
    if (!limit.isOff()) {
      line.seconds("limitSeconds", limit.nanos());
    }
    silence(line, stall.silence());
    line.seconds("ageSeconds", stall.stream().ageNanos());
    if (stall.putOff() > 0) {
      line.number("putOff", stall.putOff());
    }
    progress(line, stall.stream());
    if (stall.isWaiterUnseen()) {
      line.text("waiting", "nobody seen");
    }
    if (stall.isUnfetched()) {
      line.text("unread", "not fetched by the client");
    }
    line.text("thread", stall.waiterName());
    line.texts("stack", stack);
    return line.text("delivered", stall.delivered()).text("message", stall.message());
  }

  private static void silence(JsonObject line, Silence silence) {
    line.seconds("silentSeconds", silence.wallNanos())
        .seconds("stoodStillSeconds", silence.stoodStillNanos());
    if (silence.heldUpNanos() > 0) {
      line.seconds("heldUpSeconds", silence.heldUpNanos());
    }
  }

  private static void exchange(JsonObject line, Exchange exchange) {
    line.text("client", exchange.client())
        .text("method", exchange.method())
        .text("scheme", exchange.scheme())
        .text("host", exchange.host())
        .number("port", exchange.port())
        .text("path", exchange.path())
        .text("response", exchange.outcome())
        .number("status", exchange.status());
    String remote = exchange.remoteAddress();
    if (remote != null) {
      line.text("remoteAddress", remote);
    }
  }

  private static void progress(JsonObject line, StreamFacts stream) {
    line.text("format", stream.format())
        .number("bytes", stream.bytes())
        .number("reads", stream.reads())
        .number("events", stream.progressEvents())
        .number("heartbeats", stream.heartbeats())
        .seconds("longestGapSeconds", stream.longestGapNanos());
    if (stream.bytes() > 0) {
      line.seconds("firstByteSeconds", stream.ageNanos() - stream.firstByteAgeNanos());
    }
    if (stream.hasEvents()) {
      line.text("lastEvent", stream.lastEvent());
      line.seconds("lastEventAgeSeconds", stream.lastEventAgeNanos());
    }
    if (stream.progressEvents() > 0) {
      line.text("lastProgressEvent", stream.lastProgressEvent());
      line.seconds("lastProgressEventAgeSeconds", stream.lastProgressAgeNanos());
    }
  }
}
