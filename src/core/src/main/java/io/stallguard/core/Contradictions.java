package io.stallguard.core;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Finds limits that can never be reached because of another setting. */
final class Contradictions {
  // What has no effect only in mode=observe contradicts nothing: there settings are tried out.

  private final Consumer<String> problems;
  private final Set<String> told = new HashSet<>();

  private Contradictions(Consumer<String> problems) {
    this.problems = problems;
  }

  /** Tells each in one line. */
  static void tell(Settings settings, Consumer<String> problems) {
    Contradictions contradictions = new Contradictions(problems);
    contradictions.check(settings.choices());
    contradictions.checkGrace(settings.choices(), settings.choices());
    for (Rule rule : settings.rules()) {
      Choices choices = rule.choices().over(settings.choices());
      contradictions.check(choices);
      contradictions.checkGrace(rule.choices(), choices);
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

  /** Without a value it has two lengths, and is off for a subscription. */
  private void checkEventIdle(Choices choices) {
    Limit eventIdle = choices.inForce(Setting.EVENT_IDLE);
    boolean set = choices.has(Setting.EVENT_IDLE);
    Long longer = Setting.EVENT_IDLE.longerNanos();
    Limit before =
        set || longer == null ? eventIdle : new Limit(eventIdle.name(), longer, eventIdle.source());
    check(choices, Setting.IDLE, eventIdle, set ? "" : "after a reply's first content ");
    check(choices, Setting.FIRST_BYTE, before, set ? "" : "for a reply ");
  }

  /**
   * A rule may leave out for some targets what holds for the others.
   *
   * @param own what stands in one place
   * @param choices that, and what holds where it says nothing
   */
  private void checkGrace(Choices own, Choices choices) {
    Limit grace = own.limit(Setting.DONE_GRACE);
    if (grace != null && !grace.isOff() && choices.value(Setting.AFTER_DONE) == AfterDone.IGNORE) {
      tell(choices.told(Setting.AFTER_DONE) + " leaves out " + grace, grace, "");
    }
  }

  /** Only what somebody set can be a mistake. */
  private void check(Choices choices, Setting setting, Limit shorter, String where) {
    Limit limit = choices.limit(setting);
    if (limit != null && !limit.isOff() && shorter.nanos() < limit.nanos()) {
      tell(shorter + " is shorter than " + limit, limit, where);
    }
  }

  private void tell(String reason, Limit limit, String where) {
    String line = reason + ": " + where + "the " + limit.name() + " limit can never be reached";
    if (told.add(line)) {
      problems.accept(line);
    }
  }
}
