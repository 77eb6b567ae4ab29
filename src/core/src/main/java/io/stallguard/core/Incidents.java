package io.stallguard.core;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What becomes of stalls: abort, escalation and report, or in mode observe the report alone. */
final class Incidents implements StallListener {
  /**
   * Standard error that nobody reads, or an abort that hangs, must not keep a JVM from ending. On a
   * machine that is busy beyond measure the first line, which loads the logger, was seen to take
   * seconds.
   */
  private static final long FLUSH_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * To take a thread's stack costs about 0.25 ms, and the aborts behind wait for it: where a
   * thousand streams stall at once, only the first of each tick have theirs in the report.
   */
  private static final int STACKS_PER_TICK = 16;

  private final Threads threads;
  private final InternalErrors errors;
  private final LongSupplier nanoTime;
  private final Reports reports;
  private final ReportRate rate;
  private final Counters counters = new Counters();
  private final Records records;
  private final Queue<Incident> inWork = new ConcurrentLinkedQueue<>();

  /** Most JVMs end without a stall, and then nothing is started at their end. */
  private volatile boolean hadWork;

  private @Nullable Breaker breaker;

  /** Watchdog only. */
  private int stacksLeft = STACKS_PER_TICK;

  Incidents(Threads threads, InternalErrors errors, LongSupplier nanoTime, Consumer<String> log) {
    this(threads, errors, nanoTime, new Reports(log), Reports.PER_MINUTE);
  }

  Incidents(
      Threads threads,
      InternalErrors errors,
      LongSupplier nanoTime,
      Reports reports,
      int reportsPerMinute) {
    this.threads = threads;
    this.errors = errors;
    this.records = new Records(errors);
    this.nanoTime = nanoTime;
    this.reports = reports;
    this.rate = new ReportRate(reportsPerMinute, nanoTime.getAsLong());
  }

  @Override
  public Verdict stalled(Guard guard, long word, Stall stall) {
    hadWork = true;
    boolean enforced = guard.limits().mode() == Mode.ENFORCE;
    boolean allowed = stall.endsNormally() || !isBreakerOpen();
    return stall.isByOperator() || (enforced && allowed)
        ? enforce(guard, word, stall)
        : observe(guard, word, stall);
  }

  private Verdict enforce(Guard guard, long word, Stall stall) {
    Incident incident = new Incident(guard, stall, errors, nanoTime);
    if (!guard.trip(word, incident)) {
      return Verdict.OVERTAKEN;
    }
    inWork.add(incident);
    return Verdict.RELEASED;
  }

  private void tellBreaker(Stall stall) {
    Breaker asked = breaker;
    String line = asked == null ? null : asked.aborted(stall.measuredNanos());
    if (line != null) {
      tell(line);
    }
  }

  private void tellLeftOut() {
    tellLeftOut(rate.leftOut(nanoTime.getAsLong()));
  }

  private void tellLeftOut(long count) {
    if (count > 0) {
      tell(count + " more reports of the last minute were left out; all stalls are counted");
    }
  }

  private void breakerTick() {
    Breaker asked = breaker;
    String line = asked == null ? null : asked.tick();
    if (line != null) {
      tell(line);
    }
  }

  /** One line, by the thread for reports. Any thread. */
  void tell(String line) {
    threads.reports().execute(() -> reports.warn(line));
  }

  /** The same of what somebody did. */
  void inform(String line) {
    threads.reports().execute(() -> reports.inform(line));
  }

  private boolean isBreakerOpen() {
    Breaker asked = breaker;
    return asked != null && asked.isOpen();
  }

  /** Lets this one say when it is enough. Before anything is watched. */
  void breaker(Breaker asked) {
    breaker = asked;
  }

  private Verdict observe(Guard guard, long word, Stall stall) {
    boolean observed = stall.isOfEvents() ? guard.observeEvents(word) : guard.observe(word);
    return observed ? Verdict.REPORTED : Verdict.OVERTAKEN;
  }

  @Override
  public void decided(Guard guard, Stall stall, Verdict verdict) {
    switch (verdict) {
      case RELEASED:
        count(stall);
        if (!stall.endsNormally() && !stall.isByOperator()) {
          tellBreaker(stall);
        }
        abort(guard.incident());
        records.decided(guard, stall);
        break;
      case REPORTED:
        count(stall);
        tellObserved(stall);
        records.decided(guard, stall);
        break;
      default:
        break;
    }
  }

  private void tellObserved(Stall stall) {
    Thread waiter = stall.waiter();
    if (rate.admits(nanoTime.getAsLong())) {
      threads.reports().execute(() -> reports.observed(stall, StallReport.stackOf(waiter)));
    }
  }

  private void abort(@Nullable Incident incident) {
    if (incident != null) {
      threads.aborts().execute(stacksLeft-- > 0 ? incident::abortWithStack : incident::abort);
    }
  }

  private void count(Stall stall) {
    if (stall.endsNormally()) {
      counters.addEndedAfterDone();
    } else {
      counters.addStalled(stall.limit().name());
    }
  }

  @Override
  public void gap(Guard guard, long nanos, boolean first) {
    records.gap(guard, nanos, first);
  }

  @Override
  public void over(Guard guard, long ageNanos, boolean givenUp) {
    records.over(guard, ageNanos, givenUp);
  }

  @Override
  public void truncated(String message) {
    hadWork = true;
    counters.addTruncated();
    threads.reports().execute(() -> reports.truncated(message));
  }

  /** Something is about to be told. Any thread. */
  void expectWork() {
    hadWork = true;
  }

  /** A connection did not come within its limit. */
  void connectStalled(ConnectStall stall) {
    counters.addStalled(stall.limit().name());
    if (rate.admits(nanoTime.getAsLong())) {
      threads.reports().execute(() -> reports.connect(stall));
    }
  }

  @Override
  public void resumed(Guard guard, long silentNanos) {
    counters.addResumed();
    if (rate.admits(nanoTime.getAsLong())) {
      String told = reports.resumed(guard, silentNanos);
      threads.reports().execute(() -> reports.write(told));
    }
  }

  @Override
  public void tick() {
    breakerTick();
    tellLeftOut();
    stacksLeft = STACKS_PER_TICK;
    for (Iterator<Incident> i = inWork.iterator(); i.hasNext(); ) {
      Incident incident = i.next();
      boolean settled = incident.isSettled();
      try {
        attend(incident, settled);
      } catch (Throwable t) {
        // No thread for it now: an escalation is tried again, the other incidents do not wait.
        failed(t);
      }
      // Only now: until its report is asked for, the thread that ends the JVM must find it here.
      if (settled) {
        i.remove();
      }
    }
  }

  private void attend(Incident incident, boolean settled) {
    if (incident.wantsEscalation()) {
      threads.escalations().execute(incident::escalate);
      incident.escalationAsked();
    }
    if (settled) {
      boolean told = rate.admits(nanoTime.getAsLong());
      threads.reports().execute(() -> report(incident, told));
    }
  }

  @Override
  public boolean hasWork() {
    return !inWork.isEmpty() || rate.hasLeftOut();
  }

  @Override
  public void failed(Throwable failure) {
    errors.record("watchdog", failure);
  }

  Records records() {
    return records;
  }

  Counters counters() {
    return counters;
  }

  /** Writes the reports of what is still in work: the JVM is about to end. */
  void flush() {
    if (!hadWork) {
      return;
    }
    try {
      flush(System.nanoTime() + FLUSH_LIMIT_NANOS);
    } catch (InterruptedException e) {
      // The end of the JVM is not to wait for a report.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * An app whose reader was released may end while the abort's last bytes are on their way. Reports
   * are written one after another, so all that were asked for before the latch are out with it.
   */
  private void flush(long endNanos) throws InterruptedException {
    int left = rate.most();
    for (Incident incident : inWork) {
      incident.awaitEnd(endNanos - System.nanoTime());
      boolean told = left-- > 0;
      threads.reports().execute(() -> report(incident, told));
    }
    tellLeftOut(rate.pending());
    CountDownLatch written = new CountDownLatch(1);
    threads.reports().execute(written::countDown);
    written.await(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void report(Incident incident, boolean told) {
    if (incident.claimReport()) {
      if (incident.isFailed()) {
        counters.addFailedAbort();
      }
      records.released(incident);
      if (told) {
        reports.released(incident);
      }
    }
  }
}
