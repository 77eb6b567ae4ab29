package io.stallguard.core.gaps;

import io.stallguard.core.settings.Setting;
import io.stallguard.core.words.LimitSteps;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.HdrHistogram.AbstractHistogram;

/** Which limits one host's streams would have borne. Watchdog only. */
final class Recommendation {
  /** How many streams the advice needs: fewer have not shown what their host may do. */
  static final long FEWEST_STREAMS = 100;

  /** How many of the steps the table shows. */
  private static final int SHOWN = 11;

  /**
   * Names of hosts that can be pasted: the name came from the app, which may have it from anybody.
   */
  private static final Pattern PASTABLE = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");

  private static final double[] PERCENTILES = {50, 99, 99.9, 100};
  private static final int NAME_WIDTH = 12;
  private static final int WIDTH = 9;

  private final HostGaps gaps;
  private final boolean subscribed;

  /**
   * Takes the data.
   *
   * @param subscribed whether the host has subscriptions too, which may be silent for ever
   */
  Recommendation(HostGaps gaps, boolean subscribed) {
    this.gaps = gaps;
    this.subscribed = subscribed;
  }

  void appendTo(StringBuilder text) {
    text.append(gaps.host()).append(", ").append(HostGaps.Facts.kind(gaps.isSubscription()));
    text.append(": ").append(gaps.streams()).append(" ended, ");
    text.append(gaps.givenUp()).append(" given up while somebody waited, ");
    appendStalls(text);
    if (gaps.streams() > 0) {
      appendDistribution(text);
      appendKills(text);
    }
    appendAdvice(text);
  }

  private void appendStalls(StringBuilder text) {
    long all = 0;
    for (long count : gaps.stalled().values()) {
      all += count;
    }
    text.append(all).append(" stalled");
    for (Map.Entry<String, Long> limit : gaps.stalled().entrySet()) {
      text.append(" (").append(limit.getKey()).append(' ').append(limit.getValue()).append(')');
    }
    text.append('\n');
  }

  private void appendDistribution(StringBuilder text) {
    row(text, "", new String[] {"p50", "p99", "p99.9", "longest"});
    distribution(text, "first byte", gaps.firstBytes());
    String[] values = new String[PERCENTILES.length];
    for (int i = 0; i < values.length; i++) {
      long millis = gaps.gapMillis(PERCENTILES[i]);
      values[i] = millis == 0 ? "< 0.1 s" : seconds(millis);
    }
    row(text, "gap", values);
    distribution(text, "longest gap", gaps.longestGaps());
    distribution(text, "event gap", gaps.longestSilences());
  }

  private static void distribution(StringBuilder text, String name, AbstractHistogram histogram) {
    String[] values = new String[PERCENTILES.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = seconds(histogram.getValueAtPercentile(PERCENTILES[i]));
    }
    row(text, name, values);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }

  private void appendKills(StringBuilder text) {
    text.append("  healthy streams that a limit would have aborted\n");
    row(text, "", shown(LimitSteps::text));
    kills(text, Setting.FIRST_BYTE, gaps.firstBytes());
    kills(text, Setting.IDLE, gaps.longestGaps());
    kills(text, Setting.EVENT_IDLE, gaps.longestSilences());
  }

  private static void kills(StringBuilder text, Setting limit, AbstractHistogram longest) {
    row(text, limit.key(), shown(seconds -> String.valueOf(killed(longest, seconds))));
  }

  /** How many of the streams had a gap of this length or longer. */
  private static long killed(AbstractHistogram longest, long seconds) {
    long from = TimeUnit.SECONDS.toMillis(seconds);
    return from > longest.getMaxValue()
        ? 0
        : longest.getCountBetweenValues(from, longest.getMaxValue());
  }

  private static String[] shown(LongFunction<String> cell) {
    String[] cells = new String[SHOWN];
    for (int i = 0; i < SHOWN; i++) {
      cells[i] = cell.apply(LimitSteps.seconds(i));
    }
    return cells;
  }

  private static void row(StringBuilder text, String name, String[] cells) {
    text.append("  ").append(name);
    pad(text, NAME_WIDTH - name.length());
    for (String cell : cells) {
      pad(text, WIDTH - cell.length());
      text.append(cell);
    }
    text.append('\n');
  }

  private static void pad(StringBuilder text, int count) {
    for (int i = 0; i < count; i++) {
      text.append(' ');
    }
  }

  private void appendAdvice(StringBuilder text) {
    text.append("  recommended: ");
    if (gaps.isSubscription()) {
      text.append("the defaults: a subscription may be silent for ever\n");
    } else if (gaps.host().equals(GapHistory.OTHER_HOSTS)) {
      text.append("nothing for so many hosts at once\n");
    } else if (gaps.streams() < FEWEST_STREAMS) {
      text.append("the defaults, until ").append(FEWEST_STREAMS).append(" streams have ended\n");
    } else if (!PASTABLE.matcher(gaps.host()).matches()) {
      text.append("nothing to paste: this is no name of a host that a shell takes as it is\n");
    } else if (subscribed) {
      text.append(
          "the defaults: the host has subscriptions too, and a limit that is set holds for");
      text.append(" both; if their paths differ, match the replies by path\n");
    } else {
      appendRule(text);
    }
  }

  private void appendRule(StringBuilder text) {
    String rule = "-Dstallguard.rule." + id() + '.';
    String first = limit(gaps.firstBytes(), gaps.longestGaps());
    String idle = limit(gaps.longestGaps(), gaps.longestGaps());
    String events = limit(gaps.longestSilences(), gaps.longestGaps());
    text.append("at least twice the longest seen, none of these streams aborted\n  ");
    text.append(rule).append("match=").append(gaps.host()).append(' ');
    text.append(rule).append("first-byte=").append(first).append(' ');
    text.append(rule).append("idle=").append(idle).append(' ');
    text.append(rule).append("event-idle=").append(events).append('\n');
  }

  /** The recommended limit on event silence: no shorter than what bytes alone need. */
  private static String limit(AbstractHistogram longest, AbstractHistogram bytes) {
    return LimitSteps.longEnoughFor(Math.max(longest.getMaxValue(), bytes.getMaxValue()));
  }

  /** The host as the name of a rule. */
  private String id() {
    return gaps.host().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
