package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.stallguard.core.Guard;

/** The body that is coming in on a channel, and what the app wants of it. Event loop only. */
final class GuardedBody {
  // Demand is a read() that went towards the network and has brought nothing yet: with auto-read
  // Netty sends one after each turn of the loop, without it the app does. One that is sent during a
  // turn asks for what comes after it, and counts from its end: until then the loop is busy.
  //
  // Auto-read is switched off without a word. So the watchdog asks before it decides, and then it
  // is looked at; when it is switched on again, there is a read().

  private final Guard guard;
  private final ChannelConfig config;
  private boolean begun;
  private boolean wanted;
  private boolean readByAutoRead;
  private boolean inTurn = true;
  private boolean readInTurn;

  /** Begins with the delivery of the response head. */
  GuardedBody(Guard guard, ChannelHandlerContext context) {
    this.guard = guard;
    this.config = context.channel().config();
  }

  Guard guard() {
    return guard;
  }

  /** The app, or Netty for it, wants more. */
  void read() {
    readByAutoRead = config.isAutoRead();
    if (inTurn) {
      readInTurn = true;
    } else {
      want();
    }
  }

  /** A second time without bytes of the body between: the socket had some, or there was a pause. */
  private void want() {
    if (wanted) {
      guard.satisfied();
    }
    wanted = true;
    guard.requested();
  }

  /** Bytes came and are about to be delivered. */
  void delivering(ByteBuf bytes) {
    inTurn = true;
    wanted = false;
    begun |= bytes.isReadable();
    Scan.of(bytes, guard);
    guard.arrived(bytes.readableBytes());
  }

  /** Whether any byte has been delivered. */
  boolean isBegun() {
    return begun;
  }

  /** The event loop has delivered all that it had read. */
  void turnEnded() {
    inTurn = false;
    if (readInTurn) {
      readInTurn = false;
      if (!isPaused()) {
        want();
      }
    }
  }

  /** Whether the app wants bytes at this moment; if not, the silence is none. */
  boolean isWanted() {
    if (wanted && isPaused()) {
      wanted = false;
      guard.satisfied();
    }
    return wanted;
  }

  private boolean isPaused() {
    return readByAutoRead && !config.isAutoRead();
  }

  /** The loop was kept from reading: the silence begins now. */
  void heldUp() {
    if (wanted) {
      want();
    }
  }
}
