package io.stallguard.core.jmx;

import io.stallguard.core.StallGuardMXBean;
import io.stallguard.core.gaps.HostGaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The gaps of one host's streams as JMX shows them. Immutable. */
final class HostGapsRow implements StallGuardMXBean.HostGaps {
  private final HostGaps.Facts facts;

  private HostGapsRow(HostGaps.Facts facts) {
    this.facts = facts;
  }

  /** A row for each host. */
  static List<StallGuardMXBean.HostGaps> all(List<HostGaps.Facts> hosts) {
    List<StallGuardMXBean.HostGaps> rows = new ArrayList<>();
    for (HostGaps.Facts host : hosts) {
      rows.add(new HostGapsRow(host));
    }
    return rows;
  }

  @Override
  public String getHost() {
    return facts.host();
  }

  @Override
  public String getKind() {
    return facts.kind();
  }

  @Override
  public long getStreams() {
    return facts.streams();
  }

  @Override
  public long getGivenUp() {
    return facts.givenUp();
  }

  @Override
  public Map<String, Long> getStalled() {
    return facts.stalled();
  }

  @Override
  public Map<String, Long> getFirstByteMillis() {
    return facts.firstByteMillis();
  }

  @Override
  public Map<String, Long> getGapMillis() {
    return facts.gapMillis();
  }

  @Override
  public Map<String, Long> getLongestGapMillis() {
    return facts.longestGapMillis();
  }

  @Override
  public Map<String, Long> getLongestEventGapMillis() {
    return facts.longestEventGapMillis();
  }

  @Override
  public String toString() {
    return facts.toString();
  }
}
