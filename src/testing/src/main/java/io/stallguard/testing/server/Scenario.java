package io.stallguard.testing.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A way in which a streamed answer goes on, goes silent or ends. */
public enum Scenario {
  /** A whole answer and a normal end. */
  OK(c -> c.head().opening().deltas().closing().end()),
  /** Some events, then silence. */
  STALL_MID(c -> c.head().opening().firstDeltas().stall()),
  /** The response head, then silence. */
  STALL_FIRST_BYTE(c -> c.head().stall()),
  /** The events before the first piece of text, then silence. */
  STALL_OPENING(c -> c.head().opening().stall()),
  /** The request is read, then silence. */
  STALL_HEADERS(Composer::stall),
  /** Silence in the middle of an event. */
  HALF_EVENT(c -> c.head().opening().firstDeltas().halfEvent().stall()),
  /** An event per period until the server's outage begins, then silence. */
  OUTAGE(500, c -> c.head().opening().untilOutage()),
  /** Some events, then heartbeats for ever. */
  PING_ONLY(200, c -> c.head().opening().firstDeltas().heartbeats()),
  /** Some events, then some heartbeats, then silence. */
  PINGS_THEN_STALL(200, c -> c.head().opening().firstDeltas().someHeartbeats().stall()),
  /** A whole answer with its terminal event on a connection that stays open. */
  DONE_NO_CLOSE(c -> c.head().opening().deltas().closing().stay()),
  /** Some events, then the provider's word that it failed, on a connection that stays open. */
  ERROR_NO_CLOSE(c -> c.head().opening().firstDeltas().error().stay()),
  /** A whole answer with its terminal event, then one event more and a normal end. */
  DONE_THEN_MORE(500, c -> c.head().opening().deltas().closing().encore().end()),
  /** An event per period and a normal end. */
  SLOW_BUT_ALIVE(200, c -> c.head().opening().deltas().closing().end()),
  /** Far more than buffers hold, at once, and a normal end: the consumer is the slow one. */
  SLOW_CONSUMER(0, 8 << 20, c -> c.head().opening().deltas().closing().end()),
  /** Many events at once, then silence. */
  BURST_THEN_STALL(0, 1 << 20, c -> c.head().opening().deltas().stall()),
  /** A proper end of the body without a terminal event. */
  TRUNCATED(c -> c.head().opening().firstDeltas().end()),
  /** Some events, then the provider's word that it failed, and a proper end of the body. */
  ERROR_CLOSE(c -> c.head().opening().firstDeltas().error().end()),
  /** A whole answer with its terminal event, half the first event of another, a proper end. */
  HALF_AGAIN(c -> c.head().opening().deltas().closing().halfAgain().end()),
  /** The connection closes in the middle of the body. */
  TRUNCATED_CUT(c -> c.head().opening().firstDeltas().cut()),
  /** Slow answers side by side, one of which goes silent. */
  MANY_PARALLEL(50, c -> c.chosen() ? STALL_MID.plan.apply(c) : SLOW_BUT_ALIVE.plan.apply(c));

  private final long periodMillis;
  private final long burstBytes;
  private final UnaryOperator<Composer> plan;

  Scenario(UnaryOperator<Composer> plan) {
    this(0, 0, plan);
  }

  Scenario(long periodMillis, UnaryOperator<Composer> plan) {
    this(periodMillis, 0, plan);
  }

  Scenario(long periodMillis, long burstBytes, UnaryOperator<Composer> plan) {
    this.periodMillis = periodMillis;
    this.burstBytes = burstBytes;
    this.plan = plan;
  }

  /** The name in a path, such as {@code stall-mid}. */
  public String pathName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<Step> steps(WireDialect dialect, ScenarioSettings settings) {
    ScenarioSettings complete =
        burstBytes > 0 ? settings.withDefault(ScenarioSettings.BURST_BYTES, burstBytes) : settings;
    return plan.apply(new Composer(dialect, complete, periodMillis)).steps();
  }

  static Scenario ofPathName(String name) {
    return Arrays.stream(values())
        .filter(each -> each.pathName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no scenario " + name + ", expected one of " + names()));
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(Scenario::pathName).toList();
  }
}
