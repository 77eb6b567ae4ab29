package io.stallguard.core.engine;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The hosts whose streams were seen to go on after an event that ends an answer: relays and agents
 * that send several answers in one stream. Any thread.
 */
public final class HostsThatGoOn {
  /**
   * How many hosts are kept: an app that talks to more is a crawler, and those that come later keep
   * their grace.
   */
  public static final int MOST = 256;

  /**
   * The hosts, in a set that is never changed, but replaced: a watchdog that looks takes no lock.
   */
  private volatile Set<String> hosts = Collections.emptySet();

  /**
   * Adds a host for as long as the JVM lives.
   *
   * @return whether that is news
   */
  public synchronized boolean add(String host) {
    if (hosts.contains(host) || hosts.size() >= MOST) {
      return false;
    }
    Set<String> more = new HashSet<>(hosts);
    more.add(host);
    hosts = more;
    return true;
  }

  /** Whether a stream of this host has gone on. */
  public boolean contains(String host) {
    return hosts.contains(host);
  }
}
