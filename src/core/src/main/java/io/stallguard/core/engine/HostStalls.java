package io.stallguard.core.engine;

import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Phase;
import java.util.concurrent.TimeUnit;

/** What the stalls and silences of streams mean for the breakers of their hosts. Watchdog only. */
public final class HostStalls implements DeadlineWheel.Watcher {
  /**
   * Nobody tells that a silence of events has ended: while a breaker is open, that is looked for.
   */
  private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HostHealth hosts;
  private final Watchdog watchdog;
  private long steppedAt;

  public HostStalls(HostHealth hosts, Watchdog watchdog) {
    this.hosts = hosts;
    this.watchdog = watchdog;
  }

  /**
   * A stream was released. That is no stall of its host's where it had said all and only lingered,
   * where nobody may have waited, or where the client has ceased to read.
   */
  void tripped(Guard guard, Stall stall) {
    Limit limit = stall.limit();
    long silent = stall.silence().wallNanos() - stall.silence().heldUpNanos();
    if (stall.phase() == Phase.AFTER_DONE || stall.isWaiterUnseen() || stall.isUnfetched()) {
      return;
    }
    if (limit.isLifted()) {
      hosts.ranOut(guard.entry().host, silent);
    } else if (Lifted.isShort(limit, guard)) {
      hosts.stalled(guard.entry().host, silent);
    }
  }

  /** A silence of bytes has ended because bytes came, or the end. */
  void gap(Guard guard, Silence silence, Phase phase) {
    if (phase != Phase.AFTER_DONE) {
      boolean anyByte = phase != Phase.FIRST_BYTE;
      wentOn(guard, InForce.ownOfBytes(guard, anyByte), silence.ranNanos());
    }
  }

  /** Looks whether a silence of events has ended in a stream of a host whose breaker is open. */
  @Override
  public void look(StreamEntry entry) {
    Guard guard = entry.get();
    if (guard != null && entry.host.isOn()) {
      events(guard);
    }
  }

  /** A silence of events may have ended in a stream that is open, or is over now. */
  void events(Guard guard) {
    StreamEntry entry = guard.entry();
    long longest = guard.events().longestSilenceNanos();
    if (longest > entry.wentOnNanos) {
      entry.wentOnNanos = longest;
      wentOn(guard, InForce.ownOfEvents(guard), longest);
    }
  }

  private void wentOn(Guard guard, Limit own, long silentNanos) {
    if (guard.entry().host.isOn() && silentNanos > own.nanos() && Lifted.isShort(own, guard)) {
      hosts.wentOn(guard.entry().host, own.name(), own.toString(), silentNanos);
    }
  }

  void tick() {
    hosts.tick();
    long now = watchdog.clock().now();
    if (now - steppedAt >= STEP_NANOS && hosts.open() > 0) {
      steppedAt = now;
      watchdog.each(this);
    }
  }
}
