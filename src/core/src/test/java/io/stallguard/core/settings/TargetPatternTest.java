package io.stallguard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stallguard.core.words.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, https://api.example.com/v1",
    "api.example.com, https://api.example.com/v1",
    "API.Example.COM, https://api.example.com/v1",
    "api.example.com, https://API.EXAMPLE.com:8443/v1",
    "*.example.com, https://api.example.com/v1",
    "api.*.com, https://api.example.com/v1",
    "*example*, https://api.example.com/v1",
    "api.example.com:443, https://api.example.com/v1",
    "api.example.com:80, http://api.example.com/v1",
    "api.example.com:8443, http://api.example.com:8443/v1",
    "api.example.com:*, http://api.example.com:8443/v1",
    "*/v1/*, https://api.example.com/v1/messages",
    "*/v1/messages, https://api.example.com/v1/messages?key=1",
    "*/, https://api.example.com",
    "*:8443/v1*, https://api.example.com:8443/v1",
    "*/*/chat/*, https://api.example.com/a/b/chat/c",
    "[::1], 'http://[::1]:8080/v1'",
    "[::1]:8080, 'http://[::1]:8080/v1'",
    "[FE80::*]:8080/v1, 'http://[fe80::1]:8080/v1'"
  })
  void matches(String pattern, String uri) {
    assertThat(TargetPattern.parse(pattern).matches(Exchanges.to(uri))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, https://api.example.com/v1",
    "*.example.com, https://example.com/v1",
    "api.example.com, https://api.example.com.evil.org/v1",
    "api.example.com:443, http://api.example.com/v1",
    "api.example.com:80, http://api.example.com:8443/v1",
    "api.example.com/v2/*, https://api.example.com/v1/messages",
    "*/V1/*, https://api.example.com/v1/messages",
    "*/v1, https://api.example.com/v1/messages",
    "[::1]:80, 'http://[::1]:8080/v1'",
    "[::2], 'http://[::1]:8080/v1'"
  })
  void doesNotMatch(String pattern, String uri) {
    assertThat(TargetPattern.parse(pattern).matches(Exchanges.to(uri))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/v1",
        ":443",
        "http://api.example.com",
        "a.com:",
        "a.com:x",
        "a.com:0",
        "a.com:65536",
        "a.com:-1",
        "a.com:+443",
        "a.com:0443",
        "::1",
        "fe80::1:8080"
      })
  void refusesWhatIsNoPattern(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TargetPattern.parse(text));
  }

  @Test
  void starsMatchAnythingAndNothing() {
    assertThat(TargetPattern.globMatches("*", "")).isTrue();
    assertThat(TargetPattern.globMatches("**", "abc")).isTrue();
    assertThat(TargetPattern.globMatches("a*b*c", "aXbYbZc")).isTrue();
    assertThat(TargetPattern.globMatches("a*b*c", "aXbYbZ")).isFalse();
    assertThat(TargetPattern.globMatches("", "a")).isFalse();
    assertThat(TargetPattern.globMatches("", "")).isTrue();
  }

  @Test
  void aPatternThatInvitesBacktrackingCostsNoTime() {
    String glob = "*a".repeat(200) + "*b";

    assertThat(TargetPattern.globMatches(glob, "a".repeat(20_000))).isFalse();
  }
}
