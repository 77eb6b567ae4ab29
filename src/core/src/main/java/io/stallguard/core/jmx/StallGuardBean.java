package io.stallguard.core.jmx;

import io.stallguard.core.Engine;
import io.stallguard.core.Operator;
import io.stallguard.core.StallGuardMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers JMX. Any thread. */
final class StallGuardBean implements StallGuardMXBean {
  private static final String SOURCE = "JMX";

  private final Operator operator;
  private final String version;

  StallGuardBean(Engine engine, String version) {
    this.operator = new Operator(engine, SOURCE);
    this.version = version;
  }

  @Override
  public String getVersion() {
    return version;
  }

  @Override
  public String getMode() {
    return operator.settings().mode().toString();
  }

  @Override
  public String getBreaker() {
    return operator.breakerReasons();
  }

  @Override
  public int getOpenBreakers() {
    return operator.openBreakers();
  }

  @Override
  public List<StallGuardMXBean.HostBreaker> getBreakers() {
    List<StallGuardMXBean.HostBreaker> rows = new ArrayList<>();
    operator.breakers().forEach(facts -> rows.add(new BreakerRow(facts)));
    return rows;
  }

  @Override
  public long getGuarded() {
    return operator.counters().guarded();
  }

  @Override
  public Map<String, Long> getGuardedByClient() {
    return operator.guardedByClient();
  }

  @Override
  public List<StallGuardMXBean.ClientCoverage> getCoverage() {
    List<StallGuardMXBean.ClientCoverage> rows = new ArrayList<>();
    operator.clients().forEach(facts -> rows.add(new CoverageRow(facts)));
    return rows;
  }

  @Override
  public Map<String, Long> getStalled() {
    return operator.counters().stalled();
  }

  @Override
  public long getEndedAfterDone() {
    return operator.counters().endedAfterDone();
  }

  @Override
  public long getTruncated() {
    return operator.counters().truncated();
  }

  @Override
  public long getResumed() {
    return operator.counters().resumed();
  }

  @Override
  public long getEndedInSilence() {
    return operator.counters().endedInSilence();
  }

  @Override
  public long getGivenUp() {
    return operator.counters().givenUp();
  }

  @Override
  public long getFoundWaiting() {
    return operator.counters().foundWaiting();
  }

  @Override
  public long getFailedAborts() {
    return operator.counters().failedAborts();
  }

  @Override
  public long getInternalErrors() {
    return operator.internalErrors();
  }

  @Override
  public List<OpenStream> getOpenStreams() {
    List<OpenStream> rows = new ArrayList<>();
    operator.openStreams().forEach(stream -> rows.add(new OpenStreamRow(stream)));
    return rows;
  }

  @Override
  public List<StallGuardMXBean.HostGaps> getHosts() {
    return HostGapsRow.all(operator.gaps());
  }

  @Override
  public String recommend() {
    return operator.recommend();
  }

  @Override
  public List<SettingEntry> getSettings() {
    return SettingRow.all(operator.settings());
  }

  @Override
  public void change(String settings) {
    operator.change(settings == null ? "" : settings);
  }

  @Override
  public void reset() {
    operator.reset();
  }

  @Override
  public void closeBreaker() {
    operator.closeBreakers(null);
  }

  @Override
  public boolean closeBreakerOf(String host) {
    return host != null && operator.closeBreakers(host) > 0;
  }

  @Override
  public String abort(long id) {
    return operator.abort(id);
  }

  @Override
  public void detach() {
    operator.detach();
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
}
