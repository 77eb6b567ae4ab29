package io.stallguard.testapp;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What tests of many streams show of them, in few lines. */
final class Shown {
  private Shown() {}

  /** How many jobs are not among these, by their ids without the numbers at the end. */
  static Map<String, Long> missing(List<JobLine> jobs, Set<String> ids) {
    return jobs.stream()
        .map(JobLine::id)
        .filter(id -> !ids.contains(id))
        .map(id -> id.replaceFirst("-\\d+$", ""))
        .collect(groupingBy(way -> way, TreeMap::new, counting()));
  }

  /** How points in time are spread. */
  static String millis(Collection<Long> nanos, long sinceNanos, int all) {
    List<Long> millis =
        nanos.stream()
            .map(each -> TimeUnit.NANOSECONDS.toMillis(each - sinceNanos))
            .sorted()
            .toList();
    if (millis.isEmpty()) {
      return "none of %d released".formatted(all);
    }
    int last = millis.size() - 1;
    return "%d of %d released, after ms: first %d, half %d, 90 %% %d, last %d"
        .formatted(
            millis.size(),
            all,
            millis.get(0),
            millis.get(last / 2),
            millis.get(last * 9 / 10),
            millis.get(last));
  }
}
