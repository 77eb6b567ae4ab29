package io.stallguard.core;

import io.stallguard.core.household.BreakerFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers JMX. What belongs to the watchdog is asked of the watchdog. Any thread. */
final class StallGuardBean implements StallGuardMXBean {
  private static final String SOURCE = "JMX";

  /** How long a caller waits for the watchdog, which ticks ten times a second, or is woken. */
  private static final long PATIENCE_SECONDS = 10;

  private final Engine engine;
  private final String version;

  StallGuardBean(Engine engine, String version) {
    this.engine = engine;
    this.version = version;
  }

  @Override
  public String getVersion() {
    return version;
  }

  @Override
  public String getMode() {
    return engine.settings().mode().toString();
  }

  @Override
  public String getBreaker() {
    return engine.breakers().reasons();
  }

  @Override
  public int getOpenBreakers() {
    return engine.breakers().open();
  }

  @Override
  public List<StallGuardMXBean.HostBreaker> getBreakers() {
    return asked(
        () -> {
          List<StallGuardMXBean.HostBreaker> rows = new ArrayList<>();
          for (BreakerFacts facts : engine.breakers().facts()) {
            rows.add(new BreakerRow(facts));
          }
          return rows;
        });
  }

  @Override
  public long getGuarded() {
    return engine.counters().guarded();
  }

  @Override
  public Map<String, Long> getGuardedByClient() {
    return engine.coverage().guarded();
  }

  @Override
  public List<StallGuardMXBean.ClientCoverage> getCoverage() {
    List<StallGuardMXBean.ClientCoverage> rows = new ArrayList<>();
    engine.coverage().facts().forEach(facts -> rows.add(new CoverageRow(facts)));
    return rows;
  }

  @Override
  public Map<String, Long> getStalled() {
    return engine.counters().stalled();
  }

  @Override
  public long getEndedAfterDone() {
    return engine.counters().endedAfterDone();
  }

  @Override
  public long getTruncated() {
    return engine.counters().truncated();
  }

  @Override
  public long getResumed() {
    return engine.counters().resumed();
  }

  @Override
  public long getEndedInSilence() {
    return engine.counters().endedInSilence();
  }

  @Override
  public long getGivenUp() {
    return engine.counters().givenUp();
  }

  @Override
  public long getFoundWaiting() {
    return engine.counters().foundWaiting();
  }

  @Override
  public long getFailedAborts() {
    return engine.counters().failedAborts();
  }

  @Override
  public long getInternalErrors() {
    return engine.errors().count();
  }

  @Override
  public List<OpenStream> getOpenStreams() {
    return asked(
        () -> {
          List<OpenStream> streams = new ArrayList<>();
          for (Guard guard : engine.watchdog().open()) {
            if (guard.entry().isCounted()) {
              streams.add(new OpenStreamFacts(guard, engine.watchdog().clock().nowNanos()));
            }
          }
          return streams;
        });
  }

  @Override
  public List<StallGuardMXBean.HostGaps> getHosts() {
    return asked(() -> HostGapsRow.all(engine.records().gaps().facts()));
  }

  @Override
  public String recommend() {
    return asked(() -> engine.records().gaps().recommend(engine.watchdog().open()));
  }

  @Override
  public List<SettingEntry> getSettings() {
    return SettingRow.all(engine.settings());
  }

  @Override
  public void change(String settings) {
    engine.change(settings == null ? "" : settings, SOURCE);
  }

  @Override
  public void reset() {
    engine.reset(SOURCE);
  }

  @Override
  public void closeBreaker() {
    closeBreakers(null);
  }

  @Override
  public boolean closeBreakerOf(String host) {
    return host != null && closeBreakers(host) > 0;
  }

  private int closeBreakers(@Nullable String host) {
    return asked(() -> engine.breakers().close(host, "by an operator (" + SOURCE + ")"));
  }

  @Override
  public String abort(long id) {
    return asked(() -> abortNow(id));
  }

  /** Aborts a stream now. Watchdog only. */
  private String abortNow(long id) {
    for (Guard guard : engine.watchdog().open()) {
      if (guard.entry().id() == id) {
        engine.watchdog().abort(guard);
        return outcome(guard) + ": " + guard.exchange();
      }
    }
    return "no stream " + id + " is open";
  }

  @Override
  public void detach() {
    engine.leave(SOURCE);
  }

  @Override
  public String dump() {
    StringBuilder text = new StringBuilder();
    text.append(version).append('\n');
    text.append("mode ").append(getMode());
    text.append(getBreaker().isEmpty() ? "" : ", breaker open: ").append(getBreaker()).append('\n');
    text.append("guarded ").append(getGuarded()).append(", stalled ").append(getStalled());
    text.append(", ended after done ").append(getEndedAfterDone());
    text.append(", truncated ").append(getTruncated()).append(", resumed ").append(getResumed());
    text.append(", ended in silence ").append(getEndedInSilence());
    text.append(", given up ").append(getGivenUp());
    text.append(", put off as something waited ").append(getFoundWaiting());
    text.append(", failed aborts ").append(getFailedAborts());
    text.append(", internal errors ").append(getInternalErrors()).append('\n');
    for (StallGuardMXBean.ClientCoverage client : getCoverage()) {
      text.append(client).append('\n');
    }
    for (OpenStream stream : getOpenStreams()) {
      text.append(stream).append('\n');
    }
    for (StallGuardMXBean.HostBreaker breaker : getBreakers()) {
      text.append(breaker).append('\n');
    }
    for (StallGuardMXBean.HostGaps host : getHosts()) {
      text.append(host).append('\n');
    }
    for (SettingEntry setting : getSettings()) {
      text.append(setting).append('\n');
    }
    return text.toString();
  }

  private static String outcome(Guard guard) {
    if (guard.isDecided()) {
      return "aborted";
    }
    return guard.entry().asked == null
        ? "left alone, as nobody waits for it now"
        : "asked for, the client decides on its own thread: the report tells";
  }

  private <T> T asked(Supplier<T> question) {
    FutureTask<T> answer = new FutureTask<>(question::get);
    engine.watchdog().request(answer);
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the watchdog does not answer", e);
    } catch (ExecutionException e) {
      // Its cause may be of a class that a JMX client does not have.
      throw new IllegalStateException(String.valueOf(e.getCause()));
    }
  }
}
