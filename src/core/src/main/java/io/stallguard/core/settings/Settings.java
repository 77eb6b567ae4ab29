package io.stallguard.core.settings;

import io.stallguard.core.body.EventNames;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Mode;
import java.util.List;
import java.util.Set;

/** All settings, each with its source. Immutable. */
public final class Settings {
  private static final String HEAD_SUFFIX = "-head";
  private static final String CONNECT_SUFFIX = "-connect";

  private final Choices choices;
  private final List<Rule> rules;
  private final Set<String> disabledModules;
  private final SettingsOrigin origin;
  private final EventNames eventNames;
  private final List<TargetPattern> include;

  Settings(Choices choices, List<Rule> rules, Set<String> disabledModules, SettingsOrigin origin) {
    this.choices = choices;
    this.rules = rules;
    this.disabledModules = disabledModules;
    this.origin = origin;
    this.eventNames =
        new EventNames(choices.value(Setting.HEARTBEATS), choices.value(Setting.TERMINAL_EVENTS));
    this.include = choices.value(Setting.INCLUDE);
  }

  /** Whether the agent does anything at all. */
  public boolean enabled() {
    return choices.value(Setting.ENABLED);
  }

  /** Whether a mistake in the settings is to stop the JVM. */
  public boolean strict() {
    return choices.value(Setting.STRICT);
  }

  /** Whether the agent shows itself to JMX. */
  public boolean jmx() {
    return choices.value(Setting.JMX);
  }

  /** Whether the agent writes events of JFR while somebody records. */
  public boolean jfr() {
    return choices.value(Setting.JFR);
  }

  /** What happens to a stalled stream where no rule says otherwise. */
  public Mode mode() {
    return choices.value(Setting.MODE);
  }

  /**
   * Whether this instrumentation module is switched on, by its name. One that ends with {@code
   * -head} only limits the wait for heads, one that ends with {@code -connect} that for
   * connections, and is not wanted where nobody does.
   */
  public boolean isModuleEnabled(String module) {
    return !disabledModules.contains(module)
        && !(module.endsWith(HEAD_SUFFIX) && !limitsHeads())
        && !(module.endsWith(CONNECT_SUFFIX) && !limitsConnects());
  }

  /**
   * The settings in a line for people: mode, limits in force, what else was set, and where each
   * came from.
   */
  public String summary() {
    StringBuilder text = new StringBuilder("mode=").append(mode());
    if (choices.has(Setting.MODE)) {
      text.append(" (").append(SettingsList.source(choices, Setting.MODE)).append(')');
    }
    for (Setting setting : Setting.values()) {
      if (setting == Setting.IDLE && !choices.has(setting)) {
        text.append(", ").append(idle());
      } else if (setting != Setting.MODE && choices.has(setting)) {
        text.append(", ").append(choices.shown(setting));
      }
    }
    if (origin.valid().keys().iterator().hasNext()) {
      SettingsList.appendOthers(text, origin);
    }
    return text.toString();
  }

  /** The settings for an exchange: of each setting what the most specific rule says. */
  public Choices choicesFor(Exchange exchange) {
    return rules.isEmpty() ? choices : Rule.choicesFor(exchange, rules, choices);
  }

  /** Whether a rule has such an answer guarded, of whatever media type. */
  boolean letsIn(Exchange exchange) {
    return Rule.letsIn(exchange, rules);
  }

  /** The settings that hold where no rule says otherwise. */
  public Choices choices() {
    return choices;
  }

  /** The rules, the most specific first. */
  public List<Rule> rules() {
    return rules;
  }

  public SettingsOrigin origin() {
    return origin;
  }

  /** Whether anybody waits for heads under a limit. */
  public boolean limitsHeads() {
    return limits(Setting.HEAD);
  }

  /** Whether anybody waits for connections under a limit. */
  public boolean limitsConnects() {
    return limits(Setting.CONNECT);
  }

  /** Whether this limit is there, for some targets at least. */
  private boolean limits(Setting setting) {
    if (!choices.inForce(setting).isOff()) {
      return true;
    }
    for (Rule rule : rules) {
      if (!rule.choices().inForce(setting).isOff()) {
        return true;
      }
    }
    return false;
  }

  /** Whether no exchange at all is watched. */
  public boolean isOff() {
    if (mode() != Mode.OFF) {
      return false;
    }
    for (Rule rule : rules) {
      if (rule.choices().value(Setting.MODE, Mode.OFF) != Mode.OFF) {
        return false;
      }
    }
    return true;
  }

  public Limit idle() {
    return choices.inForce(Setting.IDLE);
  }

  EventNames eventNames() {
    return eventNames;
  }

  List<String> contentTypes() {
    return choices.value(Setting.CONTENT_TYPES);
  }

  List<String> methods() {
    return choices.value(Setting.METHODS);
  }

  public List<TargetPattern> include() {
    return include;
  }

  public List<TargetPattern> exclude() {
    return choices.value(Setting.EXCLUDE);
  }

  /** Patterns of the raw sockets whose reads are guarded by their bytes. */
  List<TargetPattern> sockets() {
    return choices.value(Setting.SOCKETS);
  }
}
