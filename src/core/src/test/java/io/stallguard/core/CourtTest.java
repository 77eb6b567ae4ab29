package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Public incidents, replayed with no setting: healthy streams that were silent are left alone, dead
 * ones are released, and those that had said all end. To add one is to add a file.
 */
class CourtTest {
  private static final Pattern SOURCE =
      Pattern.compile("(?:~ )?(?:a wire form \\(.+\\)|[\\w.-]+/[\\w.-]+#\\d+(?:, \\S+#\\d+)*)");

  /** Of each kind, without those that the rules as they are cannot reach. */
  private static final int LEAST = 25;

  static List<CourtRuling> rulings() {
    return CourtRuling.all();
  }

  @ParameterizedTest
  @MethodSource("rulings")
  void comesOutAsItsFileSays(CourtRuling ruling) {
    assertThat(ruling.isExpected())
        .as("%s; right: %s, %s", ruling, ruling.isRight(), CourtRuling.summary())
        .isTrue();
  }

  @Test
  void thereAreEnoughOfEachKind() {
    List<CourtRuling> within =
        rulings().stream()
            .filter(ruling -> ruling.incident().unreachable().isEmpty())
            .collect(Collectors.toList());

    assertThat(within)
        .filteredOn(ruling -> !ruling.incident().isDead())
        .hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(within)
        .filteredOn(ruling -> ruling.incident().isDead())
        .hasSizeGreaterThanOrEqualTo(LEAST);
  }

  @Test
  void eachSaysWhereItIsTold() {
    assertThat(CourtCase.all()).extracting(CourtCase::source).allMatch(SOURCE.asMatchPredicate());
  }

  @Test
  void whoeverIsDeadDiedAtSomeTime() {
    assertThat(CourtCase.all())
        .allMatch(incident -> incident.isDead() == (incident.deadMillis() != CourtCase.NEVER));
  }

  @Test
  void whatIsPendingIsThere() {
    assertThat(CourtCase.all()).extracting(CourtCase::id).containsAll(CourtRuling.pending());
  }
}
