package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where settings come from, and which source wins. */
class SettingsSourcesTest extends SettingsCase {
  @Test
  void everySettingCanBeInTheEnvironment() {
    environment.put("STALLGUARD_ENABLED", "false");
    environment.put("STALLGUARD_MODE", "observe");
    environment.put("STALLGUARD_IDLE", "60s");
    environment.put("STALLGUARD_FIRST_BYTE", "90s");
    environment.put("STALLGUARD_TOTAL", "1h");
    environment.put("STALLGUARD_CONTENT_TYPES", "a/b,c/d");
    environment.put("STALLGUARD_METHODS", "post,get");
    environment.put("STALLGUARD_INCLUDE", "a.com,b.com:8443/v1/*");
    environment.put("STALLGUARD_EXCLUDE", "c.com");
    environment.put("STALLGUARD_INSTRUMENTATION_OKHTTP_ENABLED", "false");

    Settings settings = read("");

    assertThatAllIsSet(settings);
    assertThat(settings.idle().source()).isEqualTo("environment STALLGUARD_IDLE");
  }

  @Test
  void anEmptyVariableIsNone() {
    environment.put("STALLGUARD_IDLE", " ");

    assertThat(read("").idle()).hasToString("idle=300 s (default)");
    assertThat(problems).isEmpty();
  }

  @Test
  void anUnknownVariableIsToldByItsNameAndTheNearestVariable() {
    environment.put("STALLGUARD_FIRST_BITE", "5s");

    read("");

    assertThat(problems)
        .containsExactly(
            "unknown setting stallguard.first-bite (environment STALLGUARD_FIRST_BITE) ignored:"
                + " did you mean STALLGUARD_FIRST_BYTE, "
                + DURATION
                + "?");
  }

  @Test
  void everySettingCanBeInAFile() throws IOException {
    Path file =
        file(
            "enabled=false",
            "stallguard.mode = observe",
            "idle=60s",
            "first-byte=90s",
            "total=1h",
            "content-types=a/b,c/d",
            "methods=post,get",
            "include=a.com,b.com:8443/v1/*",
            "exclude=c.com",
            "instrumentation.okhttp.enabled=false");

    Settings settings = read("config=" + file);

    assertThatAllIsSet(settings);
    assertThat(settings.idle().source()).isEqualTo("file " + file);
  }

  @Test
  void theStrongestSourceWins() throws IOException {
    Path file = file("idle=1s", "total=1h", "head=1s", "mode=off", "first-byte=1s");
    environment.put("STALLGUARD_CONFIG", file.toString());
    environment.put("STALLGUARD_IDLE", "2s");
    environment.put("STALLGUARD_TOTAL", "2h");
    environment.put("STALLGUARD_HEAD", "2s");
    set("idle", "4s");

    Settings settings = read("idle=3s,total=3h");

    assertThat(settings.summary())
        .isEqualTo(
            "mode=off (file "
                + file
                + "), idle=4 s (system property stallguard.idle), first-byte=1 s (file "
                + file
                + "), total=10800 s (agent argument), head=2 s (environment STALLGUARD_HEAD),"
                + " config="
                + file
                + " (environment STALLGUARD_CONFIG)");
    assertThat(problems).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsToldWithTheReason() {
    read("config=/no/such/file,idle=7s");

    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith(
            "stallguard.config=/no/such/file (agent argument) ignored: expected a readable"
                + " properties file: java.io.FileNotFoundException: ");
  }
}
