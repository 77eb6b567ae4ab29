package io.stallguard.testapp;

import io.stallguard.testapp.AllClients.Way;
import io.stallguard.testapp.ChaosEvent.Kind;
import io.stallguard.testing.server.Scenario;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that happens in one JVM of a {@link ChaosRun}, as a seed and a number have it.
 *
 * @param pool threads of the executor that clients are given, 0 for their own
 * @param reactors threads of those that have reactors or event loops, 0 for their own choice
 */
record ChaosPlan(
    int number,
    Set<ChaosCause> causes,
    int pool,
    int reactors,
    List<ChaosStream> streams,
    List<ChaosEvent> events) {

  /** All begins within this time. */
  private static final int BEGIN_MILLIS = 5_000;

  /** Beside one of each way. */
  private static final int MORE_STREAMS = 20;

  private static final List<String> REACTORS =
      List.of(
          "probe.reactors",
          "reactor.netty.ioWorkerCount",
          "io.netty.eventLoopThreads",
          "org.asynchttpclient.ioThreadsCount");
  private static final List<String> WINDOWS =
      List.of("jdk.httpclient.windowsize", "jdk.httpclient.connectionWindowSize");

  private static final long LIMIT = Fleet.LIMIT_MILLIS;
  private static final List<Scenario> DEATHS =
      List.of(
          Scenario.STALL_MID,
          Scenario.STALL_MID,
          Scenario.STALL_FIRST_BYTE,
          Scenario.PINGS_THEN_STALL,
          Scenario.DONE_NO_CLOSE);

  static ChaosPlan of(long seed, int number, Set<ChaosCause> enabled) {
    return new Draft(new Random(seed * 1_000_003 + number), number, enabled).plan();
  }

  /** Without what needs the agent, and without what dies. */
  ChaosPlan control() {
    List<ChaosStream> whole = streams.stream().filter(each -> !each.dies()).toList();
    return new ChaosPlan(number, causes, pool, reactors, whole, events);
  }

  /** What makes clients and the JVM narrow. */
  Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    if (pool > 0) {
      properties.put("probe.pool", Integer.toString(pool));
    }
    if (reactors > 0) {
      REACTORS.forEach(name -> properties.put(name, Integer.toString(reactors)));
    }
    if (causes.contains(ChaosCause.CARRIERS)) {
      properties.put("jdk.virtualThreadScheduler.parallelism", "1");
    }
    if (causes.contains(ChaosCause.WINDOWS)) {
      WINDOWS.forEach(name -> properties.put(name, "131072"));
    }
    return properties;
  }

  String shown() {
    String all = causes.stream().map(ChaosCause::shown).collect(Collectors.joining(" "));
    return "round %d (%s; pool %d, reactors %d)".formatted(number, all, pool, reactors);
  }

  /** A plan in the making: what is drawn is drawn in one order. */
  private static final class Draft {
    private final Random random;
    private final int number;
    private final Set<ChaosCause> causes;
    private final List<ChaosStream> streams = new ArrayList<>();
    private final List<ChaosEvent> events = new ArrayList<>();

    Draft(Random random, int number, Set<ChaosCause> enabled) {
      this.random = random;
      this.number = number;
      this.causes = drawn(enabled);
    }

    /** About half of what may be, or the only one. */
    private Set<ChaosCause> drawn(Set<ChaosCause> enabled) {
      long few = enabled.stream().filter(each -> !each.isCommon()).count();
      Set<ChaosCause> all = EnumSet.noneOf(ChaosCause.class);
      for (ChaosCause cause : ChaosCause.values()) {
        boolean heads = random.nextBoolean();
        if (enabled.contains(cause) && (heads || few == 1 || cause.isCommon())) {
          all.add(cause);
        }
      }
      return all;
    }

    ChaosPlan plan() {
      int pool = has(ChaosCause.POOLS) ? oneOf(1, 1, 2, 4) : 0;
      int reactors = has(ChaosCause.REACTORS) ? oneOf(1, 1, 2, 4) : 0;
      List<Way> ways = AllClients.ways();
      ways.forEach(this::addStream);
      for (int i = 0; i < MORE_STREAMS; i++) {
        addStream(ways.get(random.nextInt(ways.size())));
      }
      addBlockers(ways);
      addEvents(pool);
      return new ChaosPlan(number, causes, pool, reactors, streams, events);
    }

    private boolean has(ChaosCause cause) {
      return causes.contains(cause);
    }

    private void addStream(Way way) {
      boolean dies = has(ChaosCause.DEATHS) && random.nextInt(5) < 2;
      boolean other = has(ChaosCause.SIBLINGS) && random.nextInt(6) == 0;
      boolean guarded = dies || !other || way.form().endsWith("/sse");
      boolean slow = has(ChaosCause.SLOW) && random.nextInt(8) == 0;
      Scenario fate = dies ? death(way) : Scenario.SLOW_BUT_ALIVE;
      add(way, guarded, fate, randomGaps(guarded), slow ? twoOrThreeLimits() : 0);
    }

    /** Commons HttpClient takes a timeout at the first byte for an answer without a body. */
    private Scenario death(Way way) {
      Scenario death = DEATHS.get(random.nextInt(DEATHS.size()));
      boolean peeks = way.form().startsWith("Commons") && death == Scenario.STALL_FIRST_BYTE;
      return peeks ? Scenario.STALL_MID : death;
    }

    private String randomGaps(boolean guarded) {
      long gap = has(ChaosCause.GAPS) ? LIMIT * 9 / 10 : LIMIT / 5;
      return "seed=%d;gap-ms=%d;length-ms=%d;stall-after=1000%s"
          .formatted(
              random.nextInt(Integer.MAX_VALUE),
              guarded ? gap : LIMIT * 2,
              LIMIT + random.nextInt((int) LIMIT * 2),
              guarded ? "" : ";type=application%2Fjson");
    }

    private void add(Way way, boolean guarded, Scenario fate, String settings, long pauseMillis) {
      String id = "chaos-%d-%s-%d".formatted(number, way.name(), streams.size());
      boolean virtual = has(ChaosCause.CARRIERS) && random.nextInt(4) > 0;
      long start = random.nextInt(BEGIN_MILLIS);
      // Of some clients another thread delivers what comes after the head alone.
      int piece = 1 + random.nextInt(4);
      streams.add(
          new ChaosStream(id, way, virtual, guarded, fate, settings, start, pauseMillis, piece));
    }

    /** Answers that are no streams, and hold up what others stand on. */
    private void addBlockers(List<Way> ways) {
      for (Way way : ways) {
        boolean ofJdk = way.form().equals(ChaosStream.JDK + "/own-subscriber");
        if (ofJdk && has(ChaosCause.SIBLINGS)) {
          addBlocker(
              new Way(ChaosStream.JDK + "/greedy-subscriber", way.protocol(), way.callback()));
        }
        if (ofJdk && way.protocol().http2() && has(ChaosCause.WINDOWS)) {
          String settings = "burst-bytes=1000000;type=application%2Fjson";
          add(way, false, Scenario.SLOW_CONSUMER, settings, twoOrThreeLimits());
        }
        if (way.form().matches("ApacheAsync.*|AsyncHttp.*") && has(ChaosCause.REACTORS)) {
          addBlocker(way);
        }
      }
    }

    private void addBlocker(Way way) {
      add(way, false, Scenario.SLOW_BUT_ALIVE, randomGaps(false), twoOrThreeLimits());
    }

    private void addEvents(int pool) {
      addEvent(ChaosCause.POOLS, Kind.POOL, Math.max(1, pool), twoOrThreeLimits());
      addEvent(ChaosCause.CARRIERS, Kind.CARRIER, 1, twoOrThreeLimits());
      addEvent(ChaosCause.BUSY, Kind.BUSY, 1 + random.nextInt(20), 2 * twoOrThreeLimits());
      addEvent(ChaosCause.QUOTA, Kind.QUOTA, 20 + random.nextInt(60), twoOrThreeLimits());
      addEvent(ChaosCause.STOP, Kind.STOP, 1, LIMIT + 1_000 + random.nextInt(2_000));
    }

    private void addEvent(ChaosCause cause, Kind kind, int amount, long millis) {
      long start = 1_000 + random.nextInt(BEGIN_MILLIS);
      if (has(cause)) {
        events.add(new ChaosEvent(kind, start, millis, amount));
      }
    }

    private long twoOrThreeLimits() {
      return 2 * LIMIT + random.nextInt((int) LIMIT);
    }

    private int oneOf(int... values) {
      return values[random.nextInt(values.length)];
    }
  }
}
