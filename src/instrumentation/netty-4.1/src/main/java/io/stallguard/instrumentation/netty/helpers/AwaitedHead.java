package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelConfig;
import io.stallguard.core.engine.Guard;
import java.util.function.BooleanSupplier;

/** The head of a response, which is waited for since its request was sent. Event loop only. */
final class AwaitedHead implements Watched {
  // The read() that a head comes by was sent before its request, mostly. A client that has sent
  // none, and has switched auto-read off, leaves in the socket what comes; to switch that off takes
  // back what Netty itself has sent.

  private final Guard guard;
  private final ChannelConfig config;
  private final BooleanSupplier readSent;

  /**
   * Begins the wait.
   *
   * @param readSent whether a read() of the client's own has brought nothing yet
   */
  AwaitedHead(Guard guard, ChannelConfig config, BooleanSupplier readSent) {
    this.guard = guard;
    this.config = config;
    this.readSent = readSent;
    guard.requested();
  }

  /** A head came that another one follows. */
  void informed() {
    guard.satisfied();
    guard.requested();
  }

  @Override
  public Guard guard() {
    return guard;
  }

  @Override
  public boolean isWanted() {
    boolean wanted = readSent.getAsBoolean() || config.isAutoRead();
    if (!wanted) {
      informed();
    }
    return wanted;
  }

  @Override
  public boolean isBegun() {
    return false;
  }

  @Override
  public void end() {}
}
