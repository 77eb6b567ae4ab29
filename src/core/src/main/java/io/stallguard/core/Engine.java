package io.stallguard.core;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Watches streams: decorators open a guard here for each exchange. Any thread. */
public final class Engine {
  private final Policy policy;
  private final InternalErrors errors;
  private final Watchdog watchdog;
  private final Incidents incidents;

  Engine(Settings settings, LongSupplier nanoTime, Threads threads, Consumer<String> log) {
    this.policy = new Policy(settings);
    this.errors = new InternalErrors(log);
    this.incidents = new Incidents(threads, errors, nanoTime, log);
    this.watchdog = new Watchdog(new RunningClock(nanoTime), incidents);
  }

  /** Makes the engine of this JVM and starts its watchdog, a daemon thread. */
  public static Engine start(Settings settings) {
    Engine engine = new Engine(settings, new NanoTime(), new AbortThreads(), new StderrLog());
    AbortThreads.daemon(engine.watchdog, "stallguard-watchdog").start();
    Runtime.getRuntime().addShutdownHook(new Flush(engine));
    return engine;
  }

  /**
   * Begins to guard a stream, if the settings say so.
   *
   * @param exchange the exchange, its response head known
   * @param abort ends this exchange; must not be called once it is over
   * @return the guard, or null if the body is to be left as it is
   */
  public @Nullable Guard open(Exchange exchange, Abort abort) {
    return open(exchange, abort, null);
  }

  /**
   * The same for a stream whose client delivers it together with others.
   *
   * @param lane what it shares with them, or null
   */
  public @Nullable Guard open(Exchange exchange, Abort abort, @Nullable Lane lane) {
    return watch(exchange, policy.limitsFor(exchange), abort, lane);
  }

  /** Whether {@link #awaitHead} ever gives a guard. */
  public boolean limitsHeads() {
    return policy.limitsHeads();
  }

  /**
   * Begins to guard the wait for a response head, if the settings say so. The guard is finished
   * when the head is there, and the body has one of its own.
   *
   * @param request the exchange, of which nothing but the request is known
   * @param abort ends this exchange; must not be called once its head is there
   * @return the guard, or null if no limit applies
   */
  public @Nullable Guard awaitHead(Exchange request, Abort abort) {
    return watch(request, policy.headLimitsFor(request), abort, null);
  }

  private @Nullable Guard watch(
      Exchange exchange, @Nullable Limits limits, Abort abort, @Nullable Lane lane) {
    if (limits == null) {
      return null;
    }
    Guard guard = new Guard(exchange, limits, abort, lane, watchdog);
    counters().addGuarded();
    watchdog.watch(guard);
    return guard;
  }

  /** Where errors of our own go. */
  public InternalErrors errors() {
    return errors;
  }

  Counters counters() {
    return incidents.counters();
  }

  Watchdog watchdog() {
    return watchdog;
  }

  Incidents incidents() {
    return incidents;
  }

  // Two classes instead of a lambda each: the first lambda of a JVM costs its start some fifty
  // more.

  /** The clock of the JVM. */
  private static final class NanoTime implements LongSupplier {
    @Override
    public long getAsLong() {
      return System.nanoTime();
    }
  }

  /** Writes what is left to say when the JVM ends. */
  private static final class Flush extends Thread {
    private final Engine engine;

    Flush(Engine engine) {
      super("stallguard-shutdown");
      this.engine = engine;
    }

    @Override
    public void run() {
      engine.watchdog.tellResumptions();
      engine.incidents.flush();
    }
  }
}
