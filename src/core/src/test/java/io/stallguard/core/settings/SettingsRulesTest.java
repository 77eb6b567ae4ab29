package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings for some targets only. */
class SettingsRulesTest extends SettingsCase {
  @Test
  void aRuleHoldsForItsTargetsAlone() {
    Settings settings =
        read("idle=60s,rule.slow.match=*.slow.com/v1/*,rule.slow.idle=5m,rule.slow.mode=observe");

    assertThat(problems).isEmpty();
    assertThat(told(settings, "https://a.slow.com/v1/x", Setting.IDLE))
        .isEqualTo("idle=300 s (rule slow, agent argument)");
    assertThat(told(settings, "https://a.slow.com/v1/x", Setting.MODE))
        .isEqualTo("mode=observe (rule slow, agent argument)");
    assertThat(told(settings, "https://a.slow.com/v2/x", Setting.IDLE))
        .isEqualTo("idle=60 s (agent argument)");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/v1/messages, 1 s",
    "https://api.example.com/v1/other, 2 s",
    "https://api.example.com:8443/v2, 3 s",
    "https://api.example.com/v2, 4 s",
    "https://www.example.com/v1/messages, 5 s",
    "https://other.org/, 60 s"
  })
  void theMostSpecificRuleWins(String uri, String idle) {
    Settings settings =
        read(
            "idle=60s,rule.a.match=*.example.com,rule.a.idle=5s,rule.b.match=api.example.com,"
                + "rule.b.idle=4s,rule.c.match=api.example.com/v1/*,rule.c.idle=2s,"
                + "rule.d.match=api.example.com:8443,rule.d.idle=3s,"
                + "rule.e.match=api.example.com/v1/messages,rule.e.idle=1s");

    assertThat(told(settings, uri, Setting.IDLE)).startsWith("idle=" + idle + " (");
  }

  @Test
  void whatTheMostSpecificRuleLeavesOpenTheNextOneSays() {
    Settings settings =
        read("rule.a.match=*.x.com,rule.a.total=1h,rule.b.match=api.x.com,rule.b.idle=5s");

    assertThat(told(settings, "https://api.x.com/", Setting.TOTAL))
        .isEqualTo("total=3600 s (rule a, agent argument)");
  }

  @Test
  void ofEquallySpecificRulesTheFirstByNameWins() {
    Settings settings = read("rule.b.match=a.com,rule.b.idle=2s,rule.a.match=a.com,rule.a.idle=1s");

    assertThat(told(settings, "https://a.com/", Setting.IDLE)).startsWith("idle=1 s");
  }

  @Test
  void aRuleInTheEnvironmentIsFoundByItsLongestName() {
    environment.put("STALLGUARD_RULE_MY_SLOW_MATCH", "a.com");
    environment.put("STALLGUARD_RULE_MY_SLOW_EVENT_IDLE", "70s");

    Settings settings = read("");

    assertThat(problems).isEmpty();
    assertThat(told(settings, "https://a.com/", Setting.EVENT_IDLE))
        .isEqualTo(
            "event-idle=70 s (rule my-slow, environment STALLGUARD_RULE_MY_SLOW_EVENT_IDLE)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule.a.idle=5s | stallguard.rule.a.idle=5s (agent argument) ignored, the rule has no"
            + " rule.a.match: expected patterns host",
        "rule.a.match=x.com | stallguard.rule.a.match=x.com (agent argument) ignored, the rule"
            + " sets nothing: expected one of match,mode,idle,",
        "rule.a.match=x.com:p,rule.a.idle=5s | stallguard.rule.a.match=x.com:p (agent argument)"
            + " ignored, and the whole rule with it: expected patterns host",
        "rule.a.match=x.com,rule.a.accept=a/b | stallguard.rule.a.match=x.com (agent argument)"
            + " ignored, the rule sets nothing: expected one of match,mode,idle,",
        "rule.a.match=x.com,rule.a.idle=5s,rule.a.content-types=json |"
            + " stallguard.rule.a.content-types=json (agent argument) ignored, and the whole rule"
            + " with it: expected media types",
        "rule.a.match=x.com,rule.a.total=1h,rule.a.idle=soon | stallguard.rule.a.idle=soon (agent"
            + " argument) ignored, the rule does not set it: expected a duration",
        "rule.a.match=x.com,rule.a.total=1h,rule.a.idel=5s | unknown setting"
            + " stallguard.rule.a.idel (agent argument) ignored: did you mean"
            + " stallguard.rule.a.idle, a duration",
        "rule.a.match=x.com,rule.a.total=1h,rules.a.idle=5s | unknown setting"
            + " stallguard.rules.a.idle (agent argument) ignored: did you mean"
            + " stallguard.rule.a.idle, a duration",
        "rule.a.match=x.com,rule.a.total=5s,rule.a.idle=6s | total=5 s (rule a, agent argument) is"
            + " shorter than idle=6 s (rule a, agent argument): the idle limit can never be reached",
      })
  void aMistakeInARuleIsTold(String arguments, String problem) {
    read(arguments);

    assertThat(problems).singleElement().asString().startsWith(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rule.a.idle=5s",
        "rule.a.match=x.com:p,rule.a.idle=5s",
        "rule.a.match=x.com,rule.a.accept=a/b",
        "rule.a.match=x.com,rule.a.idle=5s,rule.a.accept=json",
      })
  void aRuleThatDoesNotHoldIsNotShown(String arguments) {
    Settings settings = read(arguments);

    assertThat(settings.rules()).isEmpty();
    assertThat(settings.summary()).doesNotContain("rule.");
    assertThat(SettingsList.of(settings)).noneMatch(entry -> entry.name().startsWith("rule."));
  }
}
