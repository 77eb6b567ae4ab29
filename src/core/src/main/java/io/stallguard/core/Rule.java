package io.stallguard.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator set for some targets only. Immutable. */
final class Rule implements Comparable<Rule> {
  private final String id;
  private final TargetPattern match;
  private final Choices choices;

  Rule(String id, TargetPattern match, Choices choices) {
    this.id = id;
    this.match = match;
    this.choices = choices;
  }

  Choices choices() {
    return choices;
  }

  /** The more specific one first, then by the ids: most sources of settings know no order. */
  @Override
  public int compareTo(Rule other) {
    int bySpecificity = other.match.specificity().compareTo(match.specificity());
    return bySpecificity != 0 ? bySpecificity : id.compareTo(other.id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rule && compareTo((Rule) other) == 0;
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** The id of the most specific rule that matches; null if none does. */
  static @Nullable String idFor(Exchange exchange, List<Rule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).match.matches(exchange)) {
        return rules.get(i).id;
      }
    }
    return null;
  }

  /**
   * The settings for an exchange: of each the one from the most specific rule that has it.
   *
   * @param rules the most specific first
   * @param base what holds where no rule says otherwise
   */
  static Choices choicesFor(Exchange exchange, List<Rule> rules, Choices base) {
    Choices choices = base;
    for (int i = rules.size() - 1; i >= 0; i--) {
      Rule rule = rules.get(i);
      if (rule.match.matches(exchange)) {
        choices = rule.choices.over(choices);
      }
    }
    return choices;
  }
}
