package io.stallguard.core.engine;

import io.stallguard.core.words.Durations;
import io.stallguard.core.words.Exchange;
import io.stallguard.core.words.Limit;
import io.stallguard.core.words.Texts;
import org.jspecify.annotations.Nullable;

/** The facts of one connection that did not come within its limit. Immutable. */
public final class ConnectStall {
  private final Exchange target;
  private final Limit limit;
  private final boolean released;
  private final long waitedNanos;
  private final @Nullable Throwable thrown;
  private final String threadName = Texts.nameOf(Thread.currentThread());

  /**
   * Takes the facts. By the thread that waited.
   *
   * @param released whether the limit ended the wait
   * @param thrown what the client ended it with, or null if it is connected
   */
  public ConnectStall(
      Exchange target,
      Limit limit,
      boolean released,
      long waitedNanos,
      @Nullable Throwable thrown) {
    this.target = target;
    this.limit = limit;
    this.released = released;
    this.waitedNanos = waitedNanos;
    this.thrown = thrown;
  }

  /**
   * The message of the exception: what was exceeded and by how much, and where the connection was
   * to go. A single line.
   */
  public String message() {
    return "connect limit of "
        + Durations.text(limit.nanos())
        + " exceeded: "
        + (thrown == null ? "connected to " : "no connection to ")
        + target.authority()
        + address()
        + (thrown == null ? " after " : " for ")
        + Durations.text(waitedNanos)
        + (thrown == null ? "" : "; nothing delivered: safe to retry");
  }

  private String address() {
    String address = target.remoteAddress();
    return address == null ? "" : " (" + address + ")";
  }

  /** The message and what was done, for people, one line. */
  public String text() {
    return "connection stalled, "
        + (released ? "given up: " : "would have been given up (mode=observe): ")
        + message()
        + "; client "
        + target.client()
        + ", "
        + limit
        + ", waiting thread \""
        + threadName
        + "\"";
  }

  public Exchange target() {
    return target;
  }

  public Limit limit() {
    return limit;
  }

  public boolean isReleased() {
    return released;
  }

  public long waitedNanos() {
    return waitedNanos;
  }

  public String threadName() {
    return threadName;
  }
}
