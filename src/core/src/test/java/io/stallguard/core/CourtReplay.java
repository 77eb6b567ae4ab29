package io.stallguard.core;

import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Inside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A case played to an engine without any setting, by a reader that wants bytes all the time. */
final class CourtReplay {
  // Time goes on as the watchdog's own tick does, so nothing is skipped: hours of it take
  // milliseconds.

  private final CourtCase incident;
  private final Rig rig = new Rig("");
  private final CourtSnippets snippets = new CourtSnippets();
  private long nowMillis;

  /** What the reader waits for: the head, then the body; null while nobody watches it. */
  private Guard guard;

  private CourtReplay(CourtCase incident) {
    this.incident = incident;
  }

  static CourtVerdict of(CourtCase incident) {
    return new CourtReplay(incident).verdict();
  }

  private CourtVerdict verdict() {
    adopt(rig.engine.awaitHead(incident.asked(), rig.abort));
    for (CourtStep step : incident.steps()) {
      passTo(step.atMillis());
      if (isDecided()) {
        return decided();
      }
      happens(step.what());
    }
    return CourtVerdict.left(rig.engine.counters().truncated() > 0);
  }

  private void adopt(Guard opened) {
    guard = opened;
    if (guard != null) {
      guard.awaiting();
    }
  }

  private void passTo(long millis) {
    while (nowMillis < millis && !isDecided()) {
      long tick = TimeUnit.NANOSECONDS.toMillis(Inside.stepNanos(rig.engine.watchdog()) / 2);
      long step = Math.min(tick, millis - nowMillis);
      rig.tick(Duration.ofMillis(step));
      nowMillis += step;
    }
  }

  private boolean isDecided() {
    return guard != null && guard.isDecided();
  }

  private CourtVerdict decided() {
    String limit = Inside.incident(guard).stall().limit().name();
    return new CourtVerdict(shown(), nowMillis - Math.max(0, incident.deadMillis()), limit, false);
  }

  /** What the reader sees, which is what counts. */
  private CourtVerdict.Kind shown() {
    try {
      guard.endOrThrow(null);
      return CourtVerdict.Kind.ENDED;
    } catch (IOException | UncheckedIOException e) {
      return CourtVerdict.Kind.RELEASED;
    }
  }

  private void happens(String what) {
    switch (what) {
      case CourtStep.HEAD -> adopt(rig.engine.open(incident.exchange(), rig.abort));
      case CourtStep.END -> ends();
      case CourtStep.DIES, CourtStep.OVER, CourtStep.SILENCE, CourtStep.GOES_ON -> {}
      default -> come(snippets.next(what));
    }
  }

  private void ends() {
    if (guard != null) {
      guard.completed();
    }
  }

  private void come(byte[] bytes) {
    if (guard != null) {
      guard.scan(bytes, 0, bytes.length);
      guard.arrived(bytes.length);
      guard.awaiting();
    }
  }
}
