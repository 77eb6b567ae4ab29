package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.stallguard.core.Demand;
import io.stallguard.core.Guard;

/** The body that is coming in on a channel, and what the app wants of it. Event loop only. */
final class GuardedBody {
  // Demand is a read() that went towards the network and has brought nothing yet: with auto-read
  // Netty sends one after each turn of the loop, without it the app does. One that is sent during a
  // turn asks for what comes after the turn, though more may come within it.

  private final Guard guard;
  private final Demand demand;
  private boolean asked;
  private boolean inTurn = true;
  private boolean askedInTurn;

  /** Begins with the delivery of the response head. */
  GuardedBody(Guard guard) {
    this.guard = guard;
    this.demand = new Demand(guard);
  }

  Guard guard() {
    return guard;
  }

  /** The app, or Netty for it, wants more. */
  void read() {
    askedInTurn = inTurn;
    ask();
  }

  private void ask() {
    if (!asked) {
      asked = true;
      demand.requested(1);
    }
  }

  /** Bytes came and are about to be delivered. */
  void delivering(ByteBuf bytes) {
    inTurn = true;
    asked = false;
    demand.delivering(bytes.readableBytes());
  }

  void delivered() {
    demand.delivered();
  }

  /** The event loop has delivered all that it had read. */
  void turnEnded() {
    inTurn = false;
    if (askedInTurn) {
      askedInTurn = false;
      ask();
    }
  }
}
