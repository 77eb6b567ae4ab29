package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.Exchanges;
import io.stallguard.core.words.LogLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting there is: parsed, shown and read back, and every mistake in it told. */
class EverySettingTest extends SettingsCase {
  private static final String NOWHERE = "not shown";
  private static final String[] FLAGS = {"true", "false", "TRUE", "on", "off", "Off"};
  private static final String[] NO_FLAGS = {"", "yes", "1", "truefalse", "60s"};
  private static final String[] LENGTHS = {"500ms", "60s", "5m", "PT60S", "off", "OFF"};
  private static final String[] NO_LENGTHS = {"", "soon", "-1s", "0s", "60", "60 x", "P1X", "true"};
  private static final String[] TARGETS = {"*", "a.com", "*.a.com:8443/v1/*", "[::1]:80", "a,b"};
  private static final String[] NO_TARGETS = {"", ",", "http://a.com", "a.com:x", "a,b:0", "/v1"};
  private static final String[] EVENTS = {
    "tick",
    "+tick, tock",
    "[END]",
    "{\"type\":\"over\"}",
    "{\"a\":1,\"b\":[2,3]}, x",
    "\"over\":true",
    "\"type\" : \"a, b\"",
    "+\"finish\":",
  };
  private static final String[] NO_EVENTS = {
    "",
    "+",
    "\"over\"",
    "\"over\":false",
    "\"over\":null",
    "\"over\":7",
    "\"\":true",
    "\"over\":\"",
    "a{,b",
    "]",
    "\"k\":\"123456789012345678901234567890123\"",
    "x2345678901234567890123456789012345678901234567890123456789012345",
  };

  private final Map<Setting, String[]> good = new EnumMap<>(Setting.class);
  private final Map<Setting, String[]> bad = new EnumMap<>(Setting.class);

  @BeforeEach
  void examples() throws IOException {
    put(FLAGS, NO_FLAGS, Setting.ENABLED, Setting.JMX, Setting.JFR, Setting.STRICT);
    put(
        LENGTHS,
        NO_LENGTHS,
        Setting.IDLE,
        Setting.FIRST_BYTE,
        Setting.EVENT_IDLE,
        Setting.TOTAL,
        Setting.HEAD,
        Setting.CONNECT,
        Setting.DONE_GRACE,
        Setting.BREAKER_WINDOW,
        Setting.BREAKER_PAUSE);
    put(of("enforce", "observe", "OFF"), of("", "observ", "on", "true", "enforce,off"), "mode");
    put(of("eof", "throw", "ignore"), of("", "end", "off"), "after-done");
    put(of("report", "THROW"), of("", "off", "eof"), "truncated");
    put(of("info", "warn", "error", "off"), of("", "debug", "true"), "log.level");
    put(of("text", "json", "JSON"), of("", "xml", "off"), "log.format");
    put(of("1", "200"), of("", "0", "-3", "1.5", "off", "99999999999"), "breaker.streams");
    put(of("1", "60", "off"), of("", "0", "-3", "many"), "log.per-minute");
    put(of("1%", "50 %", "100%", "off"), of("", "0%", "101%", "50", "%", "half"), "breaker.share");
    put(
        of("*", "a/b", "+a/b, c/d", "application/json"),
        of("", "text", "text/*", "a/b;c=d", "a/b,c", "/", "+"),
        "content-types");
    put(of("*", "*/*", "text/event-stream, a/*"), of("", "text", "a/b;q=1", "a/b,c"), "accept");
    put(of("*", "post", "GET, PUT"), of("", ","), "methods");
    put(TARGETS, NO_TARGETS, Setting.INCLUDE, Setting.EXCLUDE);
    put(of("a:1", "10.0.0.*:*, b:2"), of("", "a", "a:1/x", "a:1,b"), "sockets");
    put(EVENTS, NO_EVENTS, Setting.HEARTBEATS, Setting.TERMINAL_EVENTS);
    put(of("stderr", "/tmp/x.log"), of(""), "log.file");
    put(of(file().toString()), of("", "/no/such/file"), "config");
  }

  /** Those that may stand outside of rules. */
  static Stream<Setting> settings() {
    return Stream.of(Setting.values()).filter(Setting::isForAll);
  }

  @Test
  void hasExamplesHere() {
    assertThat(good).containsOnlyKeys(Setting.values());
    assertThat(bad).containsOnlyKeys(Setting.values());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isParsedShownAndReadBack(Setting setting) {
    for (String example : good.get(setting)) {
      Settings settings = read(setting, example);

      String shown = shown(settings, setting.key());
      assertThat(problems).as(example).isEmpty();
      assertThat(shown).isEqualTo(example.trim());
      assertThat(settings.choices().of(setting).value())
          .as(example)
          .hasToString(read(setting, shown).choices().of(setting).value().toString());
      assertThatItCanBeUsed(settings);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isToldIfItIsAMistake(Setting setting) {
    for (String example : bad.get(setting)) {
      Settings settings = read(setting, example);

      assertThat(problems)
          .as(example)
          .singleElement()
          .asString()
          .startsWith(
              "stallguard."
                  + setting.key()
                  + "="
                  + example
                  + " (system property stallguard."
                  + setting.key()
                  + ") ignored")
          .contains(": expected " + setting.expected());
      assertThatItCanBeUsed(settings);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isToldByItsNameIfThatIsMistyped(Setting setting) {
    String mistyped = setting.key().substring(0, setting.key().length() - 1) + "_";

    set(mistyped, "s3cret");
    read("");

    assertThat(problems)
        .containsExactly(
            "unknown setting stallguard."
                + mistyped
                + " (system property stallguard."
                + mistyped
                + ") ignored: did you mean stallguard."
                + setting.key()
                + ", "
                + setting.expected()
                + "?");
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isFoundInEverySource(Setting setting) throws IOException {
    String example = good.get(setting)[0];
    Path file = file(setting.key() + "=" + example);
    String variable =
        "STALLGUARD_" + setting.key().toUpperCase().replace('-', '_').replace('.', '_');
    boolean isConfig = setting == Setting.CONFIG;

    assertThat(read(setting, example).choices().has(setting)).isTrue();
    properties.clear();
    assertThat(read(setting.key() + "=" + example).choices().has(setting)).isTrue();
    environment.put(variable, example);
    assertThat(read("").choices().has(setting)).isTrue();
    environment.clear();
    assertThat(isConfig || read("config=" + file).choices().has(setting)).isTrue();
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isReadInRulesAsEverywhereOrIsUnknownThere(Setting setting) {
    String key = "rule.a." + setting.key();
    for (String example : good.get(setting)) {
      Settings settings = readRule(key, example);

      assertThat(shown(settings, key)).isEqualTo(setting.isForRules() ? example.trim() : NOWHERE);
      assertThat(problems).hasSize(setting.isForRules() ? 0 : 1);
    }
    for (String example : bad.get(setting)) {
      readRule(key, example);

      assertThat(problems)
          .singleElement()
          .asString()
          .startsWith(setting.isForRules() ? "stallguard." + key + "=" : "unknown setting ");
    }
  }

  private Settings readRule(String key, String example) {
    problems.clear();
    properties.clear();
    set("rule.a.match", "a.com");
    set("rule.a.after-done", "throw");
    set("rule.a.truncated", "throw");
    set(key, example);
    return read("");
  }

  /** What is asked of settings at start, of the types that are expected there. */
  private static void assertThatItCanBeUsed(Settings settings) {
    List<Object> asked = new ArrayList<>();
    asked.add(settings.enabled() || settings.strict() || settings.jmx() || settings.jfr());
    asked.add(settings.mode());
    asked.add(settings.summary());
    asked.add(log(settings));
    asked.add(new Policy(settings).limitsFor(Exchanges.reply()));
    assertThat(asked).hasSize(5);
  }

  private static String log(Settings settings) {
    LogLevel level = settings.choices().value(Setting.LOG_LEVEL);
    String format = settings.choices().value(Setting.LOG_FORMAT);
    String file = settings.choices().value(Setting.LOG_FILE);
    return level + format + file;
  }

  private Settings read(Setting setting, String example) {
    problems.clear();
    properties.clear();
    set(setting.key(), example);
    return read("");
  }

  private static String shown(Settings settings, String key) {
    for (SettingsList.Entry entry : SettingsList.of(settings)) {
      if (entry.name().equals(key)) {
        return entry.value();
      }
    }
    return NOWHERE;
  }

  private void put(String[] fine, String[] mistakes, String key) {
    put(fine, mistakes, Setting.of(key));
  }

  private void put(String[] fine, String[] mistakes, Setting... settings) {
    for (Setting setting : settings) {
      good.put(setting, fine);
      bad.put(setting, mistakes);
    }
  }

  private static String[] of(String... examples) {
    return examples;
  }
}
