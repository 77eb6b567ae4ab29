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
import java.util.SplittableRandom;
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

  /** More than the window of its connection. */
  private static final String UNREAD = "burst-bytes=1000000;type=application%2Fjson";

  private static final long LIMIT = Fleet.LIMIT_MILLIS;
  private static final List<Scenario> DEATHS =
      List.of(
          Scenario.STALL_MID,
          Scenario.STALL_MID,
          Scenario.STALL_FIRST_BYTE,
          Scenario.PINGS_THEN_STALL,
          Scenario.DONE_NO_CLOSE);

  static ChaosPlan of(long seed, int number, Set<ChaosCause> enabled) {
    // The first draws of seeds that follow each other would be alike.
    long mixed = new SplittableRandom(seed * 1_000_003 + number).nextLong();
    return new Draft(new Random(mixed), number, enabled).plan();
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

  /** A plan in the making. What is left out is drawn all the same: the rest stays as it is. */
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
      int pool = oneOf(1, 1, 2, 4);
      int reactors = oneOf(1, 1, 2, 4);
      List<Way> ways = AllClients.ways();
      ways.forEach(this::addStream);
      for (int i = 0; i < MORE_STREAMS; i++) {
        addStream(ways.get(random.nextInt(ways.size())));
      }
      addEvents(pool);
      ways.forEach(this::addBlockers);
      return new ChaosPlan(
          number,
          causes,
          has(ChaosCause.POOLS) ? pool : 0,
          has(ChaosCause.REACTORS) ? reactors : 0,
          streams,
          events);
    }

    private boolean has(ChaosCause cause) {
      return causes.contains(cause);
    }

    private void addStream(Way way) {
      Scenario death = death(way);
      boolean dies = random.nextInt(5) < 2 && has(ChaosCause.DEATHS);
      boolean other = random.nextInt(6) == 0 && has(ChaosCause.SIBLINGS);
      boolean slow = random.nextInt(8) == 0 && has(ChaosCause.SLOW);
      boolean guarded = dies || !other || way.form().endsWith("/sse");
      Scenario fate = dies ? death : Scenario.SLOW_BUT_ALIVE;
      String settings = randomGaps(guarded);
      long pauseMillis = twoOrThreeLimits();
      add(true, way, guarded, fate, settings, slow ? pauseMillis : 0);
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

    /** Draws as much whether it adds a stream or not. */
    private void add(
        boolean wanted,
        Way way,
        boolean guarded,
        Scenario fate,
        String settings,
        long pauseMillis) {
      String id = "chaos-%d-%s-%d".formatted(number, way.name(), streams.size());
      boolean virtual = random.nextInt(4) > 0 && has(ChaosCause.CARRIERS);
      long start = random.nextInt(BEGIN_MILLIS);
      // Of some clients another thread delivers what comes after the head alone.
      int piece = 1 + random.nextInt(4);
      if (wanted) {
        streams.add(
            new ChaosStream(id, way, virtual, guarded, fate, settings, start, pauseMillis, piece));
      }
    }

    /** Answers that are no streams, and hold up what others stand on. */
    private void addBlockers(Way way) {
      boolean ofJdk = way.form().equals(ChaosStream.JDK + "/own-subscriber");
      String form = random.nextBoolean() ? "/greedy-subscriber" : "/own-body-subscriber";
      Way greedy = new Way(ChaosStream.JDK + form, way.protocol(), way.callback());
      boolean onReactor = way.form().matches("ApacheAsync.*|AsyncHttp.*");
      addBlocker(ofJdk && has(ChaosCause.SIBLINGS), greedy);
      addBlocker(onReactor && has(ChaosCause.REACTORS), way);
      boolean shares = ofJdk && way.protocol().http2() && has(ChaosCause.WINDOWS);
      add(shares, way, false, Scenario.SLOW_CONSUMER, UNREAD, twoOrThreeLimits());
    }

    private void addBlocker(boolean wanted, Way way) {
      add(wanted, way, false, Scenario.SLOW_BUT_ALIVE, randomGaps(false), twoOrThreeLimits());
    }

    private void addEvents(int pool) {
      addEvent(ChaosCause.POOLS, Kind.POOL, pool, twoOrThreeLimits());
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
