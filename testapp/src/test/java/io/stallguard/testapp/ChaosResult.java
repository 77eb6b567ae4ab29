package io.stallguard.testapp;

import io.stallguard.testapp.ChaosVerdict.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the streams of a {@link ChaosRound}.
 *
 * @param numbers what the agent has counted and should not have
 */
record ChaosResult(ChaosPlan plan, List<ChaosVerdict> verdicts, List<String> numbers) {

  List<String> failures() {
    List<String> bad =
        verdicts.stream()
            .filter(each -> !each.kind().isGood())
            .map(ChaosVerdict::toString)
            .collect(Collectors.toList());
    bad.addAll(numbers);
    return bad;
  }

  /** How many of which kind, and what is no fault of ours but worth a look. */
  String shown() {
    String odd =
        verdicts.stream()
            .filter(each -> each.kind() == Kind.NOT_BEGUN || each.kind() == Kind.SERVER_LATE)
            .map(each -> System.lineSeparator() + "  (" + each + ")")
            .collect(Collectors.joining());
    return plan.shown() + ": " + counts(verdicts) + odd;
  }

  static String counts(List<ChaosVerdict> verdicts) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0);
    }
    verdicts.forEach(each -> counts.merge(each.kind(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(
            each ->
                each.getValue()
                    + " "
                    + each.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
