package io.stallguard.core.settings;

import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Limit;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings that an operator gave, for all exchanges or for those of a rule. Immutable. */
public final class Choices {
  private static final String DEFAULT = "default";

  private final Map<Setting, Choice> chosen;

  Choices(Map<Setting, Choice> chosen) {
    this.chosen = new EnumMap<>(Setting.class);
    this.chosen.putAll(chosen);
  }

  public boolean has(Setting setting) {
    return chosen.containsKey(setting);
  }

  boolean isEmpty() {
    return chosen.isEmpty();
  }

  /** Whether anything is set beside the word on which requests are meant. */
  boolean setAnything() {
    return chosen.size() > (has(Setting.ACCEPT) ? 1 : 0);
  }

  /** The choice for a setting; null if nobody made one, and the default holds. */
  @Nullable Choice of(Setting setting) {
    return chosen.get(setting);
  }

  @SuppressWarnings("unchecked") // The reader has parsed it as this setting's type.
  public <T> T value(Setting setting, T otherwise) {
    Choice choice = chosen.get(setting);
    return choice == null ? otherwise : (T) choice.value();
  }

  /** The value in force of a setting that has a default. */
  // As above: the type is that of the setting's kind, and who asks knows that there is a default.
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  public <T> T value(Setting setting) {
    return value(setting, (T) setting.standard());
  }

  /** The limit that was set; null if nobody set one. */
  public @Nullable Limit limit(Setting setting) {
    Choice choice = chosen.get(setting);
    return choice == null
        ? null
        : new Limit(setting.limit(), (Long) choice.value(), choice.source());
  }

  public Limit limit(Setting setting, long otherwiseNanos) {
    Limit limit = limit(setting);
    return limit != null ? limit : new Limit(setting.limit(), otherwiseNanos, DEFAULT);
  }

  /** The limit in force of a setting that has a default. */
  public Limit inForce(Setting setting) {
    Long nanos = value(setting);
    return limit(setting, nanos);
  }

  /** These choices, and where they say nothing the weaker ones. */
  Choices over(Choices weaker) {
    Map<Setting, Choice> all = new EnumMap<>(Setting.class);
    all.putAll(weaker.chosen);
    all.putAll(chosen);
    return new Choices(all);
  }

  /** How the setting stands, for people: {@code mode=observe (agent argument)}. */
  public String shown(Setting setting) {
    Choice choice = chosen.get(setting);
    if (choice == null) {
      return setting.key() + "=" + setting.standardText() + " (" + DEFAULT + ")";
    }
    return setting.key() + "=" + text(choice) + " (" + choice.source() + ")";
  }

  /**
   * A value in words for people, lengths of time as all are told, however an operator wrote them.
   */
  private static String text(Choice choice) {
    if (!(choice.value() instanceof Long)) {
      return choice.text();
    }
    long nanos = (Long) choice.value();
    return nanos == Limit.OFF_NANOS ? "off" : Durations.text(nanos);
  }
}
