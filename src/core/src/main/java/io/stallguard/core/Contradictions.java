package io.stallguard.core;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Finds limits that can never be reached because another one is always reached before. */
final class Contradictions {
  private static final Setting[] SILENCES = {Setting.IDLE, Setting.FIRST_BYTE};

  private final Consumer<String> problems;
  private final Set<String> told = new HashSet<>();

  private Contradictions(Consumer<String> problems) {
    this.problems = problems;
  }

  /** Tells each in one line. */
  static void tell(Settings settings, Consumer<String> problems) {
    Contradictions contradictions = new Contradictions(problems);
    contradictions.check(settings.choices());
    for (Rule rule : settings.rules()) {
      contradictions.check(rule.choices().over(settings.choices()));
    }
  }

  private void check(Choices choices) {
    Limit total = choices.limit(Setting.TOTAL, Limit.OFF_NANOS);
    Limit eventIdle = choices.limit(Setting.EVENT_IDLE, Limits.EVENT_IDLE_BEFORE_CONTENT_NANOS);
    for (Setting silence : SILENCES) {
      check(choices, silence, total, "");
      check(choices, silence, eventIdle, choices.has(Setting.EVENT_IDLE) ? "" : "for a reply ");
    }
    check(choices, Setting.EVENT_IDLE, total, "");
  }

  /** Only what somebody set can be a mistake. */
  private void check(Choices choices, Setting setting, Limit shorter, String where) {
    Limit limit = choices.limit(setting);
    if (limit != null && !limit.isOff() && shorter.nanos() < limit.nanos()) {
      String line =
          shorter
              + " is shorter than "
              + limit
              + ": "
              + where
              + "the "
              + limit.name()
              + " limit can never be reached";
      if (told.add(line)) {
        problems.accept(line);
      }
    }
  }
}
