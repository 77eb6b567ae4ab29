package io.stallguard.core.household;

import io.stallguard.core.engine.HostHealth;
import io.stallguard.core.engine.HostLift;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of all hosts with which this JVM talks. Watchdog only, where nothing else is said.
 */
public final class Breakers implements HostHealth {
  // A host has its breaker from its first stream on, and until it has had none for a window. What
  // is stamped goes by the clock on the wall, as the lengths of silences that are told do.

  /**
   * How many hosts have a breaker: who talks to more at once is a crawler, and the rest keeps its
   * own limits.
   */
  public static final int MOST_HOSTS = 256;

  /** How many samples a window has: it is kept to a tenth. */
  private static final int SAMPLES = 10;

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Map<String, HostBreaker> hosts = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final Surroundings surroundings;
  private volatile BreakerSettings settings;
  private long steppedAt;
  private long sampledAt;

  /**
   * Begins without a host.
   *
   * @param nanoTime the clock on the wall
   */
  public Breakers(BreakerSettings settings, LongSupplier nanoTime, Surroundings surroundings) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.surroundings = surroundings;
    this.steppedAt = nanoTime.getAsLong();
    this.sampledAt = steppedAt;
  }

  /** Goes by other settings. Any thread. */
  public void adopt(BreakerSettings renewed) {
    settings = renewed;
  }

  /** The switch that a stream of this host looks at, as it begins now. Any thread. */
  public HostLift opens(String host) {
    HostBreaker known = hosts.get(host);
    if (known == null && hosts.size() < MOST_HOSTS) {
      HostBreaker made = new HostBreaker(new HostLift(host), nanoTime.getAsLong());
      HostBreaker other = hosts.putIfAbsent(host, made);
      known = other == null ? made : other;
    }
    if (known == null) {
      return HostLift.NONE;
    }
    known.lift().opens();
    return known.lift();
  }

  /**
   * The breaker of a stream's host. Null if it was forgotten at the moment at which the stream
   * began: the host has another now.
   */
  private @Nullable HostBreaker of(HostLift lift) {
    HostBreaker known = hosts.get(lift.host());
    return known == null || known.lift() != lift ? null : known;
  }

  @Override
  public void stalled(HostLift lift, long silentNanos) {
    long now = nanoTime.getAsLong();
    HostBreaker host = of(lift);
    if (host != null && host.stalled(now - silentNanos, now, settings)) {
      surroundings.tell(
          BreakerLines.opened(lift.host(), String.valueOf(host.reason()), settings.pauseNanos()));
    }
  }

  @Override
  public void ranOut(HostLift lift, long silentNanos) {
    HostBreaker host = of(lift);
    if (host != null && host.ranOut(nanoTime.getAsLong() - silentNanos)) {
      close(host, BreakerState.OUTAGE, BreakerLines.outage(silentNanos));
    }
  }

  @Override
  public void wentOn(HostLift lift, String limitName, String limitText, long silentNanos) {
    HostBreaker host = of(lift);
    if (host != null) {
      host.wentOn(limitName, limitText, silentNanos, nanoTime.getAsLong());
    }
  }

  private void close(HostBreaker host, BreakerState next, String why) {
    tell(host.owedAdvice());
    count();
    host.close(next, nanoTime.getAsLong());
    surroundings.tell(BreakerLines.closed(host.lift().host(), why));
    surroundings.judgeAnew();
  }

  private void tell(@Nullable String line) {
    if (line != null) {
      surroundings.tell(line);
    }
  }

  /**
   * Closes breakers by hand.
   *
   * @param host null for all
   * @return how many were open
   */
  public int close(@Nullable String host, String who) {
    int closed = 0;
    for (HostBreaker each : hosts.values()) {
      boolean wanted = host == null || host.equals(each.lift().host());
      if (wanted && each.state() == BreakerState.OPEN) {
        close(each, BreakerState.CLOSED, who);
        closed++;
      }
    }
    return closed;
  }

  @Override
  public void tick() {
    long now = nanoTime.getAsLong();
    if (now - steppedAt < STEP_NANOS) {
      return;
    }
    steppedAt = now;
    boolean sampled = now - sampledAt >= settings.windowNanos() / SAMPLES;
    if (sampled) {
      sampledAt = now;
      count();
    }
    for (HostBreaker host : hosts.values()) {
      step(host, now, sampled);
    }
  }

  private void step(HostBreaker host, long now, boolean sampled) {
    tell(host.advice(now));
    if (host.isPauseOver(now, settings)) {
      pauseOver(host, now);
    }
    if (sampled && host.isUnused(now, settings)) {
      hosts.remove(host.lift().host(), host);
    } else if (sampled) {
      host.sample(now, settings);
    }
  }

  private void pauseOver(HostBreaker host, long now) {
    if (host.state() == BreakerState.OPEN) {
      close(
          host,
          BreakerState.CLOSED,
          settings.isOff() ? "it was switched off" : "the pause is over");
    } else {
      count();
      host.close(BreakerState.CLOSED, now);
    }
  }

  private void count() {
    for (HostBreaker host : hosts.values()) {
      host.lift().recount();
    }
    surroundings.countOpen();
  }

  /** How many breakers are open. Any thread. */
  @Override
  public int open() {
    int open = 0;
    for (HostBreaker host : hosts.values()) {
      open += host.state() == BreakerState.OPEN ? 1 : 0;
    }
    return open;
  }

  /** Why the open breakers are open. Any thread. */
  public String reasons() {
    StringBuilder text = new StringBuilder();
    for (HostBreaker host : hosts.values()) {
      String reason = host.reason();
      if (reason != null) {
        text.append(text.length() == 0 ? "" : "; ");
        text.append(host.lift().host()).append(": ").append(reason);
      }
    }
    return text.toString();
  }

  /** How all breakers stand. */
  public List<BreakerFacts> facts() {
    long now = nanoTime.getAsLong();
    List<BreakerFacts> facts = new ArrayList<>();
    for (HostBreaker host : hosts.values()) {
      facts.add(host.facts(now));
    }
    return facts;
  }

  /** What breakers ask of who has the streams. */
  public interface Surroundings {
    /** Has each stream that is open say {@link HostLift#found} of its host. */
    void countOpen();

    /** Has each stream that is open looked at again, soon. */
    void judgeAnew();

    /** Tells people a line. */
    void tell(String line);
  }
}
