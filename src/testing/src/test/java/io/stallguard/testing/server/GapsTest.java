package io.stallguard.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The pauses before the pieces of an answer. */
class GapsTest {

  private static final String RANDOM = "gap-ms=2700;length-ms=60000;seed=";

  @Test
  void areAlikeWithoutASeed() {
    assertThat(millis("events=3")).containsExactly(200L, 200L, 200L);
  }

  @Test
  void areTheSameForTheSameSeedAndNoOther() {
    assertThat(millis(RANDOM + 1)).isEqualTo(millis(RANDOM + 1)).isNotEqualTo(millis(RANDOM + 2));
  }

  @Test
  void goUpToTheLongestOneAndNoFarther() {
    List<Long> all =
        LongStream.range(0, 50).boxed().flatMap(i -> millis(RANDOM + i).stream()).toList();

    assertThat(all).contains(2700L).allMatch(gap -> gap > 0 && gap <= 2700);
    assertThat(all).filteredOn(gap -> gap <= 300).hasSizeGreaterThan(all.size() / 2);
  }

  @Test
  void addUpToTheLength() {
    long sum = millis(RANDOM + 3).stream().mapToLong(gap -> gap).sum();

    assertThat(sum).isBetween(60_000L, 62_700L);
  }

  @Test
  void areKnownToWhoeverKnowsThePath() {
    byte[] expected = Wire.expected(Provider.ANTHROPIC, Scenario.SLOW_BUT_ALIVE, RANDOM + 4);
    Script script =
        Routes.scenario(
            Provider.ANTHROPIC, Scenario.SLOW_BUT_ALIVE, ScenarioSettings.parse(RANDOM + 4));

    assertThat(script.body()).isEqualTo(expected);
    assertThat(
            script.steps().stream()
                .filter(step -> step.kind() == Step.Kind.PAUSE)
                .map(Step::millis))
        .containsExactlyElementsOf(millis(RANDOM + 4));
  }

  private static List<Long> millis(String settings) {
    Gaps gaps = Gaps.of(ScenarioSettings.parse(settings), 200);
    return IntStream.range(0, gaps.count()).mapToObj(gaps::millis).toList();
  }
}
