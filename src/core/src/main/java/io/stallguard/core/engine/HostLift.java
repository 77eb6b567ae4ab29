package io.stallguard.core.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the short limits on silence are lifted for the streams of one host at this moment. Any
 * thread, unless the method says the watchdog.
 */
public final class HostLift {
  /** Stands for streams of no host that is kept account of: nothing is ever lifted. */
  public static final HostLift NONE = new HostLift("");

  private final String host;
  private final AtomicLong opened = new AtomicLong();
  private volatile boolean on;
  private int open;

  /**
   * Makes the switch for a host, with nothing lifted.
   *
   * @param host as people are told
   */
  public HostLift(String host) {
    this.host = host;
  }

  /** The host, and of a gateway the rule. */
  public String host() {
    return host;
  }

  /** A stream has begun. Any thread. */
  public void opens() {
    opened.incrementAndGet();
  }

  /** How many streams there were. Any thread. */
  public long opened() {
    return opened.get();
  }

  /** Whether short limits are lifted. Any thread. */
  public boolean isOn() {
    return on;
  }

  /** Lifts short limits, or lets them hold again. Watchdog only. */
  public void turn(boolean lifted) {
    on = lifted;
  }

  /** Begins to count the streams that are open. Watchdog only. */
  public void recount() {
    open = 0;
  }

  /** A stream that is open was found. Watchdog only. */
  public void found() {
    open++;
  }

  /** How many open streams were found. Watchdog only. */
  public int open() {
    return open;
  }
}
