package io.stallguard.core;

import io.stallguard.core.settings.Choices;
import io.stallguard.core.settings.Policy;
import io.stallguard.core.settings.Setting;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Mode;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Decides how long a client may wait for a connection. Any thread. */
public final class ConnectLimits {
  // No guard and no watchdog: the client's own timeout is shortened, which the JDK keeps. What the
  // connection is going to carry is not known yet, so hosts and ports alone select.

  private final Engine engine;
  private final LongSupplier nanoTime;

  /** Makes what decides by the engine's settings as they are at each connect. */
  public ConnectLimits(Engine engine) {
    this(engine, System::nanoTime);
  }

  ConnectLimits(Engine engine, LongSupplier nanoTime) {
    this.engine = engine;
    this.nanoTime = nanoTime;
  }

  /**
   * A client begins to connect.
   *
   * @param client name of the instrumentation module
   * @param ownMillis the client's own limit, 0 if it has none
   * @return null if it is to be left as it is: no limit applies, or its own comes first
   */
  public @Nullable ConnectWait begin(String client, InetSocketAddress peer, long ownMillis) {
    Settings settings = engine.settings();
    if (!settings.limitsConnects()) {
      return null;
    }
    Exchange target = Exchange.ofConnect(client, peer);
    if (!Policy.matchesAny(settings.include(), target)
        || Policy.matchesAny(settings.exclude(), target)) {
      return null;
    }
    Choices choices = settings.choicesFor(target);
    Mode mode = choices.value(Setting.MODE);
    Limit limit = choices.inForce(Setting.CONNECT);
    long limitMillis = millis(limit.nanos());
    if (mode == Mode.OFF
        || limitMillis > Integer.MAX_VALUE
        || (ownMillis > 0 && ownMillis <= limitMillis)) {
      return null;
    }
    boolean enforced = mode == Mode.ENFORCE;
    long millis = enforced ? limitMillis : ownMillis;
    return new ConnectWait(engine, nanoTime, target, limit, enforced, (int) millis);
  }

  /** The limit in milliseconds, rounded up: a wait is never shorter than the limit. */
  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
  }
}
