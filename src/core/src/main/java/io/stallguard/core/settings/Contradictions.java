package io.stallguard.core.settings;

import io.stallguard.core.words.Limit;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Finds limits that can never be reached because another one is always reached before. */
final class Contradictions {
  // What merely has no effect beside another switch contradicts nothing: by mode=observe or
  // after-done=ignore somebody leaves it out for a while.

  private final Consumer<String> problems;
  private final Set<String> told = new HashSet<>();

  private Contradictions(Consumer<String> problems) {
    this.problems = problems;
  }

  /** Tells each contradiction in one line. */
  static void tell(Settings settings, Consumer<String> problems) {
    Contradictions contradictions = new Contradictions(problems);
    contradictions.check(settings.choices());
    for (Rule rule : settings.rules()) {
      contradictions.check(rule.choices().over(settings.choices()));
    }
  }

  private void check(Choices choices) {
    Limit total = choices.inForce(Setting.TOTAL);
    check(choices, Setting.IDLE, total, "");
    check(choices, Setting.FIRST_BYTE, total, "");
    checkEventIdle(choices);
    check(choices, Setting.EVENT_IDLE, total, "");
    check(choices, Setting.DONE_GRACE, total, "");
  }

  /** Checks event-idle. Without a value it has two lengths, and is off for a subscription. */
  private void checkEventIdle(Choices choices) {
    Limit eventIdle = choices.inForce(Setting.EVENT_IDLE);
    boolean set = choices.has(Setting.EVENT_IDLE);
    Long longer = Setting.EVENT_IDLE.longerNanos();
    Limit before =
        set || longer == null ? eventIdle : new Limit(eventIdle.kind(), longer, eventIdle.source());
    check(choices, Setting.IDLE, eventIdle, set ? "" : "after a reply's first content ");
    check(choices, Setting.FIRST_BYTE, before, set ? "" : "for a reply ");
  }

  /** Checks a limit against a shorter one. Only what somebody set can be a mistake. */
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
