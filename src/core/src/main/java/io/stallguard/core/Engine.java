package io.stallguard.core;

import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.clock.RunningClock;
import io.stallguard.core.clock.Standstill;
import io.stallguard.core.coverage.Coverage;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.BackgroundTask;
import io.stallguard.core.engine.Beginnings;
import io.stallguard.core.engine.BusyMark;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.HostLift;
import io.stallguard.core.engine.HostStalls;
import io.stallguard.core.engine.InternalErrors;
import io.stallguard.core.engine.Lane;
import io.stallguard.core.engine.Leaving;
import io.stallguard.core.engine.PooledThreads;
import io.stallguard.core.engine.Streams;
import io.stallguard.core.engine.Succession;
import io.stallguard.core.engine.Threads;
import io.stallguard.core.engine.Watchdog;
import io.stallguard.core.household.BreakerSettings;
import io.stallguard.core.household.Breakers;
import io.stallguard.core.household.Counters;
import io.stallguard.core.household.Household;
import io.stallguard.core.household.Records;
import io.stallguard.core.report.Reports;
import io.stallguard.core.settings.Limits;
import io.stallguard.core.settings.Policy;
import io.stallguard.core.settings.Setting;
import io.stallguard.core.settings.Settings;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.NanoTime;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Watches streams: decorators open a guard here for each exchange. Any thread. */
public final class Engine {
  private final Settings startSettings;
  private final Breakers breakers;
  private volatile Settings settings;
  private volatile Policy policy;
  private volatile @Nullable Consumer<Settings> listener;
  private volatile @Nullable Runnable atEnd;
  private volatile @Nullable Flush flush;
  private final InternalErrors errors;
  private final Watchdog watchdog;
  private final Streams streams;
  private final Household household;
  private final Coverage coverage;
  private final AppCallbacks callbacks = new AppCallbacks();
  private final Leaving leaving = new Leaving();
  private final Beginnings beginnings = new Beginnings();

  /** Makes an engine on a clock that never stands still. */
  Engine(Settings settings, LongSupplier nanoTime, Threads threads, Consumer<String> log) {
    this(settings, new RunningClock(nanoTime), nanoTime, threads, new Reports(log));
  }

  Engine(
      Settings settings,
      RunningClock clock,
      LongSupplier nanoTime,
      Threads threads,
      Reports reports) {
    this.startSettings = settings;
    this.settings = settings;
    this.policy = new Policy(settings);
    this.errors = new InternalErrors();
    int perMinute = settings.choices().value(Setting.LOG_PER_MINUTE);
    this.household = new Household(threads, errors, nanoTime, reports, perMinute);
    this.watchdog = new Watchdog(clock, household.inWork(), household);
    this.streams = new Streams(watchdog);
    this.breakers =
        new Breakers(BreakerSettings.of(settings.choices()), nanoTime, new OpenHosts(this));
    errors.toldBy(watchdog);
    watchdog.notices().breakers(new HostStalls(breakers, watchdog));
    this.coverage = CensusOfEngine.begun(this, household, watchdog);
  }

  /** Makes the engine of this JVM and starts its watchdog, a daemon thread. */
  public static Engine start(Settings settings) {
    LongSupplier nanoTime = new NanoTime();
    RunningClock clock = new RunningClock(nanoTime, Standstill.ofPlatform());
    Engine engine =
        new Engine(settings, clock, nanoTime, new PooledThreads(), Reports.of(settings));
    new Succession(engine.watchdog, engine.household, "stallguard-watchdog").begin();
    engine.flush = Flush.await(engine);
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
   * Begins to guard a stream that its client delivers together with others, if the settings say so.
   *
   * @param lane what it shares with them, or null
   */
  public @Nullable Guard open(Exchange exchange, Abort abort, @Nullable Lane lane) {
    Guard guard = openUnseen(exchange, abort, lane);
    if (guard != null) {
      demandSeen(guard);
    }
    return guard;
  }

  /**
   * Begins to guard a stream of which nobody knows yet whether it can be seen who waits for it. It
   * does not count as guarded before {@link #demandSeen}.
   *
   * @return the guard, or null if the body is to be left as it is
   */
  public @Nullable Guard openUnseen(Exchange exchange, Abort abort, @Nullable Lane lane) {
    Policy asked = policy;
    Limits limits = asked.limitsFor(exchange);
    if (limits == null) {
      coverage.leftAlone(exchange.client(), exchange.contentType());
    }
    return watch(exchange, asked, limits, abort, lane);
  }

  /** Counts a stream as guarded from now on, as it can be seen who waits for it. */
  public void demandSeen(Guard guard) {
    if (streams.count(guard)) {
      counters().addGuarded();
      coverage.guarded(guard.exchange().client());
    }
  }

  /** Which clients there are, and how far each is guarded. */
  public Coverage coverage() {
    return coverage;
  }

  /** What shows a lane when a consumer is busy that is not guarded, or that its decorator marks. */
  public BusyMark mark(Lane lane) {
    return new BusyMark(lane, watchdog);
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
    return awaitHead(request, abort, null);
  }

  /**
   * Begins to guard the wait for a head that comes together with what others wait for.
   *
   * @param lane what it shares with them, or null
   */
  public @Nullable Guard awaitHead(Exchange request, Abort abort, @Nullable Lane lane) {
    Policy asked = policy;
    Guard guard = watch(request, asked, asked.headLimitsFor(request), abort, lane);
    if (guard != null && streams.count(guard)) {
      counters().addGuarded();
      coverage.headGuarded(request.client());
    }
    return guard;
  }

  private @Nullable Guard watch(
      Exchange exchange, Policy asked, @Nullable Limits limits, Abort abort, @Nullable Lane lane) {
    beginnings.here();
    if (limits == null || leaving.isBegun()) {
      return null;
    }
    boolean isHosts = exchange.hasResponse() || exchange.isSocket();
    HostLift host = isHosts ? breakers.opens(asked.breakerOf(exchange)) : HostLift.NONE;
    Guard guard = streams.open(exchange, limits, abort, lane, host);
    if (leaving.isBegun()) {
      guard.finished();
    } else if (policy != asked) {
      // Changed meanwhile: the streams that were open may have been told before this one was there.
      judgeAnew();
    }
    return guard;
  }

  /** Whether the operator has switched off the module of this name, which guards a client. */
  public boolean isOff(String module) {
    return !settings.isModuleEnabled(module);
  }

  /** Whether any raw socket is named in the settings. */
  public boolean guardsSockets() {
    return policy.guardsSockets();
  }

  /**
   * Begins to guard the reads of a raw socket by their bytes alone, if the settings name it.
   *
   * @param client as for an exchange
   * @param peer the other end, null if it is not known
   * @param abort closes the socket
   * @return the guard, or null if the socket is to be left as it is
   */
  public @Nullable Guard openSocket(String client, @Nullable InetSocketAddress peer, Abort abort) {
    if (peer == null) {
      return null;
    }
    Policy asked = policy;
    Limits limits = asked.limitsForSocket(client, peer);
    Guard guard = watch(Exchange.ofSocket(client, peer), asked, limits, abort, null);
    if (guard != null) {
      demandSeen(guard);
    }
    return guard;
  }

  /**
   * Changes settings, for streams that are open too.
   *
   * @param change as agent arguments are: {@code idle=60s,mode=observe}
   * @param source who changes them, for people
   * @throws IllegalArgumentException if anything in it is a mistake; nothing is changed then
   */
  public synchronized void change(String change, String source) {
    adopt(SettingsChange.of(settings, change, source));
    inform("settings changed (" + source + "): " + settings.summary());
  }

  /** Takes all changes back. */
  synchronized void reset(String source) {
    adopt(startSettings);
    inform("settings as at start again (" + source + "): " + settings.summary());
  }

  private void adopt(Settings renewed) {
    settings = renewed;
    policy = new Policy(renewed);
    breakers.adopt(BreakerSettings.of(renewed.choices()));
    judgeAnew();
    coverage.reviewLater();
    Consumer<Settings> told = listener;
    if (told != null) {
      told.accept(renewed);
    }
  }

  /**
   * Names who is told changed settings: by the thread that changes them, under the engine's lock.
   * Called before anybody changes any.
   */
  public void listen(Consumer<Settings> told) {
    listener = told;
  }

  /** Names what a thread of ours does first when the JVM ends. Called before the app begins. */
  public void atEnd(Runnable task) {
    atEnd = task;
  }

  @Nullable Runnable atEnd() {
    return atEnd;
  }

  /**
   * Names what is undone when the agent leaves, in the order of these calls. Called before the app
   * begins, or by a thread of ours.
   */
  public void onLeave(Runnable undoing) {
    leaving.add(undoing);
  }

  /** Whether the agent has left this JVM, or is about to. Any thread. */
  public boolean hasLeft() {
    return leaving.isBegun();
  }

  /**
   * Leaves this JVM: no exchange is guarded any more, those that are open are let go of, and what
   * was named to {@link #onLeave} is undone when this returns. Then the threads end.
   *
   * @param source who wants it, for people
   */
  public void leave(String source) {
    if (leaving.begin(failure -> errors.record("leaving", failure))) {
      inform("detached (" + source + "): nothing is guarded any more");
      watchdog.dismiss();
      Flush last = flush;
      if (last != null) {
        last.write();
      }
    }
  }

  /** Tells what concerns an operator, in one line. Any thread. */
  public void warn(String line) {
    household.later(() -> household.reports().warn(line));
    watchdog.wake();
  }

  /** Runs something that may take long, on a daemon thread that inherits nothing of the caller. */
  public void inBackground(String thread, Runnable task) {
    watchdog.request(new BackgroundTask(thread, task));
  }

  /** Tells what was done, in one line. Any thread. */
  public void inform(String line) {
    household.inform(line);
    watchdog.wake();
  }

  /** Has open streams judged by the settings as they are now. Any thread. */
  void judgeAnew() {
    watchdog.adopt(policy);
  }

  /** Who hears of exchanges that begin: by each wish for a guard, else by the client's helper. */
  public Beginnings beginnings() {
    return beginnings;
  }

  /** The settings in force. */
  Settings settings() {
    return settings;
  }

  Breakers breakers() {
    return breakers;
  }

  /** What is to be run once somebody uses JFR: the agent's events come to be there. Any thread. */
  public Runnable jfr() {
    return new FlightStart(this);
  }

  /** Tells apps what their clients do not tell them in time. */
  public AppCallbacks callbacks() {
    callbacks.prepare();
    return callbacks;
  }

  /** Takes and counts errors of our own. */
  public InternalErrors errors() {
    return errors;
  }

  Counters counters() {
    return household.counters();
  }

  Watchdog watchdog() {
    return watchdog;
  }

  Streams streams() {
    return streams;
  }

  Records records() {
    return household.records();
  }

  Household household() {
    return household;
  }
}
