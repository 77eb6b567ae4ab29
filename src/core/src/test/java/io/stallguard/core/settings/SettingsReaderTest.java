package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallguard.core.words.MediaTypes;
import io.stallguard.core.words.Mode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest extends SettingsCase {
  private static final String TYPES =
      "media types such as text/event-stream, separated by commas, or *;"
          + " a + in front keeps the default ones";

  @Test
  void defaultsHoldWithoutAnySource() {
    Settings settings = read(null);

    assertThat(settings.enabled()).isTrue();
    assertThat(settings.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(settings.idle()).hasToString("idle=300 s (default)");
    assertThat(settings.rules()).isEmpty();
    assertThat(settings.strict()).isFalse();
    assertThat(settings.contentTypes()).isEqualTo(MediaTypes.STREAMED);
    assertThat(settings.methods()).containsExactly("*");
    assertThat(settings.include()).hasToString("[*]");
    assertThat(settings.exclude()).isEmpty();
    assertThat(settings.isModuleEnabled("okhttp")).isTrue();
    assertThat(settings.summary()).isEqualTo("mode=enforce, idle=300 s (default)");
    assertThat(problems).isEmpty();
  }

  @Test
  void aSocketIsNamedByHostAndPortAndByNothingElse() {
    assertThat(read("sockets=redis:6379,10.0.0.*:*").sockets())
        .hasToString("[redis:6379, 10.0.0.*:*]");
    assertThat(problems).isEmpty();

    assertThat(read("sockets=redis").sockets()).isEmpty();
    assertThat(read("sockets=redis:6379/0").sockets()).isEmpty();
    assertThat(problems).hasSize(2).allMatch(problem -> problem.contains("patterns host:port"));
  }

  @Test
  void aModuleForHeadsIsOnOnlyWhereHeadsAreLimited() {
    assertThat(read("").isModuleEnabled("okhttp-head")).isFalse();
    assertThat(read("head=off").isModuleEnabled("okhttp-head")).isFalse();
    assertThat(read("head=20s").isModuleEnabled("okhttp-head")).isTrue();
  }

  @Test
  void everySettingCanBeAnAgentArgument() {
    Settings settings =
        read(
            "enabled=false,mode=observe,idle=60s,first-byte=90s,total=1h,content-types=a/b,c/d,"
                + "methods=post,get,include=a.com,b.com:8443/v1/*,exclude=c.com,"
                + "instrumentation.okhttp.enabled=false");

    assertThatAllIsSet(settings);
    assertThat(settings.idle().source()).isEqualTo("agent argument");
  }

  @Test
  void everySettingCanBeASystemProperty() {
    set("enabled", "false");
    set("mode", "observe");
    set("idle", "60s");
    set("first-byte", "90s");
    set("total", "1h");
    set("content-types", "a/b,c/d");
    set("methods", "post,get");
    set("include", "a.com,b.com:8443/v1/*");
    set("exclude", "c.com");
    set("instrumentation.okhttp.enabled", "false");

    Settings settings = read("");

    assertThatAllIsSet(settings);
    assertThat(settings.idle().source()).isEqualTo("system property stallguard.idle");
  }

  @Test
  void aSystemPropertyIsStrongerThanAnAgentArgument() {
    set("idle", "10s");

    Settings settings = read("idle=20s,mode=observe");

    assertThat(settings.idle()).hasToString("idle=10 s (system property stallguard.idle)");
    assertThat(settings.mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void aBadSystemPropertyDoesNotBringTheWeakerArgumentBack() {
    set("idle", "soon");

    Settings settings = read("idle=20s");

    assertThat(settings.idle()).hasToString("idle=300 s (default)");
    assertThat(problems).hasSize(1);
  }

  @Test
  void theSummaryNamesTheLimitsInForceAndWhereEachCameFrom() {
    set("total", "2h");

    Settings settings = read("idle=60s,first-byte=90s,mode=observe");

    assertThat(settings.summary())
        .isEqualTo(
            "mode=observe (agent argument), idle=60 s (agent argument),"
                + " first-byte=90 s (agent argument), total=7200 s (system property stallguard.total)");
  }

  @ParameterizedTest
  @CsvSource({
    "idel=5s, idle",
    "first_byte=5s, first-byte",
    "Mode=observe, mode",
    "metods=GET, methods",
    "excludes=a.com, exclude",
    "instrumentation.okhtp.enabled=false, instrumentation.okhttp.enabled"
  })
  void anUnknownNameIsToldWithTheNearestOne(String argument, String nearest) {
    read(argument);

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith(
            "unknown setting stallguard."
                + argument.substring(0, argument.indexOf('='))
                + " (agent argument) ignored: did you mean stallguard."
                + nearest
                + ", ")
        .endsWith("?");
  }

  @Test
  void anUnknownSystemPropertyIsToldByItsName() {
    set("idel", "5s");

    read(null);

    assertThat(problems)
        .containsExactly(
            "unknown setting stallguard.idel (system property stallguard.idel) ignored:"
                + " did you mean stallguard.idle, "
                + DURATION
                + "?");
  }

  @Test
  void aNameWithoutAValueIsToldToo() {
    read("observe");

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("unknown setting stallguard.observe (agent argument) ignored");
  }

  @Test
  void otherPropertiesAreNoneOfOurBusiness() {
    properties.setProperty("stallguardian.idle", "x");
    properties.setProperty("idle", "x");

    read(null);

    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"idle", "first-byte", "total"})
  void aBadLimitIsToldWithWhatWasExpected(String name) {
    Settings settings = read(name + "=soon");

    assertThat(problems)
        .containsExactly(
            "stallguard."
                + name
                + "=soon (agent argument) ignored, the default holds: expected "
                + DURATION);
    assertThat(settings.summary()).isEqualTo("mode=enforce, idle=300 s (default)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enabled=maybe | true or false, or on or off",
        "content-types=text | " + TYPES,
        "content-types=text/* | " + TYPES,
        "content-types=a/b;c=d | " + TYPES,
        "content-types= | " + TYPES,
        "methods= | request methods such as POST, separated by commas, or *",
        "include=http://a.com | patterns host[:port][/path] such as api.anthropic.com or"
            + " *.example.com:8443/v1/*, separated by commas",
        "exclude=a.com:x | patterns host[:port][/path] such as api.anthropic.com or"
            + " *.example.com:8443/v1/*, separated by commas",
        "instrumentation.okhttp.enabled=no | true or false, or on or off"
      })
  void aBadValueIsToldWithWhatWasExpectedAndTheDefaultHolds(String argument, String expected) {
    Settings settings = read(argument);

    assertThat(problems)
        .containsExactly(
            "stallguard."
                + argument
                + " (agent argument) ignored, the default holds: expected "
                + expected);
    assertThat(settings.enabled()).isTrue();
    assertThat(settings.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(settings.contentTypes()).isEqualTo(MediaTypes.STREAMED);
    assertThat(settings.methods()).containsExactly("*");
    assertThat(settings.include()).hasToString("[*]");
    assertThat(settings.exclude()).isEmpty();
    assertThat(settings.isModuleEnabled("okhttp")).isTrue();
  }

  @Test
  void ofAListTheItemIsNamedThatIsNone() {
    read("exclude=a.com,b.com:x");

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith(
            "stallguard.exclude=a.com,b.com:x (agent argument) ignored, the default holds, because"
                + " of b.com:x: expected patterns");
  }

  @Test
  void severalMistakesAreToldOneByOneAndTheRestHolds() {
    set("total", "-1s");

    Settings settings = read("idel=5s,mode=watch,idle=7s");

    assertThat(problems)
        .containsExactly(
            "unknown setting stallguard.idel (agent argument) ignored:"
                + " did you mean stallguard.idle, "
                + DURATION
                + "?",
            "stallguard.mode=watch (agent argument) ignored, observe holds:"
                + " expected enforce, observe or off",
            "stallguard.total=-1s (system property stallguard.total) ignored, the default holds:"
                + " expected "
                + DURATION);
    assertThat(settings.idle().nanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
  }

  @Test
  void aMistakeCannotFakeOrBreakLines() {
    set("mode", "a\nb\u001b[31m");

    read(null);

    assertThat(problems).singleElement().asString().contains("stallguard.mode=a?b?[31m (");
  }

  @Test
  void offSwitchesALimitOff() {
    Settings settings = read("idle=off,total=OFF,first-byte=Off");

    assertThat(settings.idle().isOff()).isTrue();
    assertThat(settings.choices().limit(Setting.TOTAL).isOff()).isTrue();
    assertThat(settings.choices().limit(Setting.FIRST_BYTE).isOff()).isTrue();
    assertThat(settings.summary()).contains("idle=off (agent argument)");
  }

  @Test
  void aLeadingPlusExtendsTheMediaTypes() {
    Settings settings = read("content-types=+application/foo,application/bar");

    assertThat(settings.contentTypes())
        .startsWith("text/event-stream")
        .endsWith("application/foo", "application/bar")
        .hasSize(MediaTypes.STREAMED.size() + 2);
  }

  @Test
  void switchesAndModesAreReadInAnyCase() {
    Settings settings = read("enabled=FALSE,mode=Off");

    assertThat(settings.enabled()).isFalse();
    assertThat(settings.mode()).isEqualTo(Mode.OFF);
  }

  @Test
  void namesMayCarryThePrefixAndWhiteSpaceDoesNotCount() {
    Settings settings = read(" stallguard.idle = 5s , mode = observe ");

    assertThat(settings.idle().nanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
    assertThat(settings.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode=observe,", ",mode=observe", "idle=5s,,mode=observe", " , "})
  void aCommaTooManyIsNoMistake(String arguments) {
    read(arguments);

    assertThat(problems).isEmpty();
  }

  @Test
  void theListTellsOfEachSettingItsValueAndSource() {
    Settings settings =
        read("idle=60s,total=never,rule.a.match=x.com,rule.a.idle=5s,exclude=a.com,b.com");

    assertThat(SettingsList.of(settings))
        .extracting(SettingsList.Entry::toString)
        .hasSize(Setting.values().length - inRulesOnly() + 3)
        .contains(
            "idle=60s (agent argument)",
            "mode=enforce (default)",
            "total=off (default)",
            "exclude=a.com,b.com (agent argument)",
            "instrumentation.okhttp.enabled=true (default)",
            "rule.a.match=x.com (agent argument)",
            "rule.a.idle=5s (agent argument)");
  }

  private static int inRulesOnly() {
    return (int) Stream.of(Setting.values()).filter(setting -> !setting.isForAll()).count();
  }
}
