package io.stallguard.core.jmx;

import io.stallguard.core.StallGuardMXBean;
import io.stallguard.core.coverage.CoverageFacts;

/** How far one client is guarded, as JMX shows it. Immutable. */
final class CoverageRow implements StallGuardMXBean.ClientCoverage {
  private final CoverageFacts facts;

  CoverageRow(CoverageFacts facts) {
    this.facts = facts;
  }

  @Override
  public String getClient() {
    return facts.client();
  }

  @Override
  public String getVersion() {
    return facts.version();
  }

  @Override
  public String getClassLoader() {
    return facts.loader();
  }

  @Override
  public String getState() {
    return facts.state().toString();
  }

  @Override
  public String getGuardedBy() {
    return facts.by();
  }

  @Override
  public String getReason() {
    return facts.reason();
  }

  /** The client in one line, for people. */
  @Override
  public String toString() {
    return "client " + facts;
  }
}
