package io.stallguard.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A case with what became of it. */
record CourtRuling(CourtCase incident, CourtVerdict verdict) {
  /** The cases that do not come out yet as their files say: an id a line. */
  static final Path PENDING = CourtCase.FOLDER.resolve("pending.txt");

  private static final List<String> PENDING_IDS = pending();
  private static final List<CourtRuling> ALL =
      CourtCase.all().stream().map(CourtRuling::of).collect(Collectors.toList());

  private static CourtRuling of(CourtCase incident) {
    return new CourtRuling(incident, CourtReplay.of(incident));
  }

  /** Of all cases; each is replayed once. */
  static List<CourtRuling> all() {
    return ALL;
  }

  static List<String> pending() {
    try {
      return Files.readAllLines(PENDING).stream()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of them are right. */
  static String summary() {
    return ALL.stream().filter(CourtRuling::isRight).count() + " of " + ALL.size() + " right";
  }

  boolean isRight() {
    return incident.wanted().isGranted(verdict);
  }

  /** Whether it comes out as its file says, or does not yet, as the list says. */
  boolean isExpected() {
    boolean reachable = incident.unreachable().isEmpty();
    return (isRight() == reachable) != isPending();
  }

  private boolean isPending() {
    return PENDING_IDS.contains(incident.id());
  }

  /** What happened, for people. */
  String outcome() {
    return (isPending() ? "not yet: " : "") + verdict.text(incident.isDead());
  }

  @Override
  public String toString() {
    String was = verdict.text(incident.isDead());
    String listed = isPending() ? "; stands in pending.txt" : "";
    return incident + "; wanted: " + incident.wanted().text() + "; was: " + was + listed;
  }
}
