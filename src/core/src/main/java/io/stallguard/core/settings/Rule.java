package io.stallguard.core.settings;

import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.MediaTypes;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator set for some targets only. Immutable. */
final class Rule implements Comparable<Rule> {
  private final String id;
  private final TargetPattern match;
  private final Choices choices;
  private final List<String> contentTypes;
  private final List<String> accepted;

  Rule(String id, TargetPattern match, Choices choices) {
    this.id = id;
    this.match = match;
    this.choices = choices;
    this.contentTypes = choices.value(Setting.CONTENT_TYPES, Collections.emptyList());
    this.accepted = choices.value(Setting.ACCEPT, Collections.emptyList());
  }

  Choices choices() {
    return choices;
  }

  /**
   * Orders rules, the more specific one first: by the targets, then the one with more conditions.
   * Then by the ids: most sources of settings know no order.
   */
  @Override
  public int compareTo(Rule other) {
    int bySpecificity = other.specificity().compareTo(specificity());
    return bySpecificity != 0 ? bySpecificity : id.compareTo(other.id);
  }

  private String specificity() {
    int conditions = (contentTypes.isEmpty() ? 0 : 1) + (accepted.isEmpty() ? 0 : 1);
    return match.specificity() + conditions;
  }

  /**
   * Whether the rule is for an exchange. Of a media type nothing is known before the response head,
   * and no client has to accept any.
   */
  private boolean isFor(Exchange exchange) {
    return match.matches(exchange)
        && (contentTypes.isEmpty() || isOfItsTypes(exchange))
        && (accepted.isEmpty() || MediaTypes.isAnyAccepted(accepted, exchange.accept()));
  }

  private boolean isOfItsTypes(Exchange exchange) {
    return exchange.hasResponse() && MediaTypes.isAny(contentTypes, exchange.contentType());
  }

  /** Whether one of the rules names the media type of this answer, and so has it guarded. */
  static boolean letsIn(Exchange exchange, List<Rule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      if (!rules.get(i).contentTypes.isEmpty() && rules.get(i).isFor(exchange)) {
        return true;
      }
    }
    return false;
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
      if (rules.get(i).isFor(exchange)) {
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
      if (rule.isFor(exchange)) {
        choices = rule.choices.over(choices);
      }
    }
    return choices;
  }
}
