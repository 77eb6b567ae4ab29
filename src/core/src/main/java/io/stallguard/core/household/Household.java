package io.stallguard.core.household;

import io.stallguard.core.engine.ConnectStall;
import io.stallguard.core.engine.Deaths;
import io.stallguard.core.engine.InWork;
import io.stallguard.core.engine.Incident;
import io.stallguard.core.engine.InternalErrors;
import io.stallguard.core.engine.RecentHoldups;
import io.stallguard.core.engine.Silence;
import io.stallguard.core.engine.Stall;
import io.stallguard.core.engine.StreamFacts;
import io.stallguard.core.engine.Threads;
import io.stallguard.core.engine.Unanswered;
import io.stallguard.core.engine.WatchdogListener;
import io.stallguard.core.report.ReportQueue;
import io.stallguard.core.report.ReportRate;
import io.stallguard.core.report.Reports;
import io.stallguard.core.report.Timeline;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.words.Phase;
import io.stallguard.core.words.SilenceEnd;
import io.stallguard.core.words.Texts;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears what became of each stream, and has it counted, recorded and told. The watchdog, unless the
 * method or the listener's says any thread.
 */
public final class Household implements WatchdogListener {
  /**
   * Standard error that nobody reads, or an abort that hangs, must not keep a JVM from ending. On a
   * machine that is busy beyond measure the first line, which loads the logger, was seen to take
   * seconds.
   */
  private static final long FLUSH_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long the JVM's end waits for the sums alone, which are worth less of a wait. */
  private static final long SUMS_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Threads threads;
  private final InternalErrors errors;
  private final LongSupplier nanoTime;
  private final Reports reports;
  private final ReportQueue queue;
  private final ReportRate rate;
  private final Counters counters = new Counters();
  private final Records records;
  private final Deaths deaths = new Deaths();

  /** A field, because a literal takes memory where it is used first. */
  private final String place = "watchdog";

  private final RecentHoldups holdups = new RecentHoldups();

  private final InWork inWork;

  /** Whether there was anything to tell: a JVM without that starts nothing at its end. */
  private volatile boolean hadWork;

  /** When what failed for want of a thread or of memory is tried again. Watchdog only. */
  private long againAt;

  public Household(
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
    this.queue = new ReportQueue(threads, errors, reports);
    this.againAt = nanoTime.getAsLong();
    this.inWork = new InWork(threads, errors, nanoTime);
    this.rate = new ReportRate(reportsPerMinute, nanoTime.getAsLong());
  }

  /** The incidents in work; the watchdog adds to them. */
  public InWork inWork() {
    return inWork;
  }

  private void tellLeftOut() {
    tellLeftOut(rate.leftOut(nanoTime.getAsLong()));
  }

  private void tellLeftOut(long count) {
    if (count > 0) {
      tell(count + " more reports of the last minute were left out; all stalls are counted");
    }
  }

  /** Has a warning written by the thread for reports. Any thread. */
  public void tell(String line) {
    later(() -> reports.warn(line));
  }

  /** Has a line written of what somebody did, or what was learned. Any thread. */
  @Override
  public void inform(String line) {
    later(() -> reports.inform(line));
  }

  /** Has something written by the thread for reports, soon. Any thread. */
  public void later(Runnable report) {
    hadWork = true;
    queue.add(report);
  }

  /**
   * Has something done by the thread for reports that need not be done before the JVM ends. Any
   * thread.
   */
  public void aside(Runnable task) {
    queue.add(task);
  }

  /** What writes lines, for the thread for reports. */
  public Reports reports() {
    return reports;
  }

  @Override
  public void look(Runnable look) {
    threads.looks().execute(look);
  }

  @Override
  public void foundWaiting() {
    counters.addFoundWaiting();
  }

  @Override
  public void tripped(Stall stall) {
    count(stall);
    records.ended(stall);
  }

  @Override
  public void observed(Stall stall) {
    count(stall);
    Thread waiter = stall.waiter();
    if (rate.admits(nanoTime.getAsLong())) {
      later(() -> reports.observed(stall, Timeline.stackOf(waiter)));
    }
    records.observed(stall);
  }

  @Override
  public void unanswered(Stall stall, Holdup holdup, long waitedNanos) {
    long now = nanoTime.getAsLong();
    if (holdups.admits(holdup.key(), now) && rate.admits(now)) {
      later(() -> reports.unanswered(new Unanswered(stall, holdup, waitedNanos)));
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
  public void gap(StreamFacts stream, Silence silence, Phase phase) {
    records.gap(stream, silence, phase);
  }

  @Override
  public void over(StreamFacts stream, boolean givenUp) {
    records.over(stream, givenUp);
  }

  @Override
  public void countTruncated() {
    hadWork = true;
    counters.addTruncated();
  }

  @Override
  public void truncated(String message) {
    if (rate.admits(nanoTime.getAsLong())) {
      later(() -> reports.truncated(message));
    }
  }

  /** Notes that something is about to be told. Any thread. */
  public void expectWork() {
    hadWork = true;
  }

  /** Reports a connection that did not come within its limit. */
  public void connectStalled(ConnectStall stall) {
    if (rate.admits(nanoTime.getAsLong())) {
      later(() -> reports.connect(stall));
    }
  }

  @Override
  public void count(SilenceEnd how) {
    counters.add(how);
  }

  @Override
  public void silenceEnded(StreamFacts stream, Silence silence, SilenceEnd how) {
    if (rate.admits(nanoTime.getAsLong())) {
      later(() -> reports.silenceEnded(stream, silence, how));
    }
  }

  @Override
  public void leftOut(long notices) {
    tell(notices + " ends and gaps of streams were left out of the records: too many at once");
  }

  @Override
  public void died(Throwable cause) {
    deaths.note(cause);
  }

  private void tellDeath() {
    String line = deaths.line();
    if (line != null) {
      later(() -> reports.accept(Texts.clean(line, 300)));
      deaths.noteTold();
    }
  }

  @Override
  public void tick() {
    long now = nanoTime.getAsLong();
    boolean again = now - againAt >= 0;
    againAt = again ? now + Incident.ROUND_NANOS : againAt;
    try {
      tellLeftOut();
      tellDeath();
    } catch (Throwable t) {
      failed(t);
    }
    findThreads(again);
  }

  private void findThreads(boolean again) {
    try {
      queue.begin(again);
      if (again) {
        threads.tend();
      }
    } catch (Throwable t) {
      failed(t);
    }
  }

  @Override
  public boolean hasWork() {
    return rate.hasLeftOut() || queue.isWaiting() || !deaths.isTold();
  }

  @Override
  public void prepare() {
    threads.prepare();
  }

  @Override
  public void failed(Throwable failure) {
    errors.note(place, failure);
  }

  public Records records() {
    return records;
  }

  public Counters counters() {
    return counters;
  }

  /**
   * Writes the reports of what is still in work: the JVM is about to end.
   *
   * @param sums what is told last, or null
   */
  public void flush(@Nullable String sums) {
    boolean isNeeded = hadWork || !inWork.isEmpty() || rate.hasLeftOut() || errors.isPending();
    if (!isNeeded && sums == null) {
      return;
    }
    try {
      flush(System.nanoTime() + (isNeeded ? FLUSH_LIMIT_NANOS : SUMS_LIMIT_NANOS), sums);
    } catch (InterruptedException e) {
      // The end of the JVM is not to wait for a report.
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is left. An app may end while the last bytes of an abort are on their way. */
  private void flush(long endAt, @Nullable String sums) throws InterruptedException {
    int left = rate.most();
    for (Incident incident = inWork.first(); incident != null; incident = inWork.after(incident)) {
      incident.awaitEnd(endAt - System.nanoTime());
      if (incident.claimReport()) {
        settle(incident, left-- > 0);
      }
      incident.awaitReportHandedOver(endAt - System.nanoTime());
    }
    tellLeftOut(rate.pending());
    if (sums != null) {
      later(() -> reports.covered(sums));
    }
    queue.begin(true);
    queue.awaitWritten(endAt);
  }

  /** Reports an incident once all is known or it is late; what comes later has its own line. */
  @Override
  public void settled(Incident incident) {
    if (incident.claimReport()) {
      settle(incident, rate.admits(nanoTime.getAsLong()));
      return;
    }
    String news = incident.lateNews();
    if (news != null && rate.admits(nanoTime.getAsLong())) {
      tell(Timeline.late(incident, news));
    }
  }

  @Override
  public void over(Incident incident) {
    counters.countFailure(incident);
  }

  private void settle(Incident incident, boolean told) {
    try {
      counters.countFailure(incident);
      records.released(incident);
      if (told) {
        later(() -> write(incident));
      }
    } finally {
      incident.reportHandedOver();
    }
  }

  /** Writes the report of an incident. By the thread for reports. */
  private void write(Incident incident) {
    incident.reportBegins();
    reports.released(incident);
  }
}
