package io.stallguard.testapp;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What may go wrong around a stream in a {@link ChaosRun}; each can be left out by its name. */
enum ChaosCause {
  /** Executors of few threads, and tasks of the app that block them. */
  POOLS,
  /** Unguarded answers whose consumers block the thread that brings them. */
  SIBLINGS,
  /** Clients with one or few reactors or event loops, and callbacks that block them. */
  REACTORS,
  /** Readers on virtual threads, and a virtual thread that computes on their only carrier. */
  CARRIERS,
  /** Unread answers that use up the window of their connection. */
  WINDOWS,
  /** Guarded streams whose consumers are busy for longer than the limit. */
  SLOW,
  /** Threads that compute, up to twenty. */
  BUSY,
  /** A quota of processor time, by a cgroup. */
  QUOTA,
  /** A JVM that is stopped for longer than the limit. */
  STOP,
  /** Gaps of healthy streams up to 90 % of the limit. */
  GAPS,
  /** Streams that go silent, or end and stay open. */
  DEATHS;

  /** Those that are the rule, not a disturbance. */
  private static final Set<ChaosCause> COMMON = EnumSet.of(GAPS, DEATHS);

  boolean isCommon() {
    return COMMON.contains(this);
  }

  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads two lists of names.
   *
   * @param only what happens beside gaps and deaths, empty for all
   */
  static Set<ChaosCause> chosen(String only, String without) {
    Set<ChaosCause> chosen = EnumSet.allOf(ChaosCause.class);
    if (!only.isEmpty()) {
      chosen = EnumSet.copyOf(COMMON);
      chosen.addAll(parse(only));
    }
    chosen.removeAll(parse(without));
    return chosen;
  }

  private static Set<ChaosCause> parse(String names) {
    return Arrays.stream(names.split(","))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ChaosCause.class)));
  }
}
