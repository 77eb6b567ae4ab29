package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.util.Attribute;
import io.stallguard.core.engine.Guard;
import org.jspecify.annotations.Nullable;

/** The body that is coming in on a channel, and what the app wants of it. Event loop only. */
final class IncomingBody implements Watched {
  // Demand is a read() that went towards the network and has brought nothing yet. One that is sent
  // during a turn of the loop asks for what comes after it, and counts from its end: until then the
  // loop is busy.
  //
  // With auto-read Netty itself sends one after each turn, and auto-read is switched off without a
  // word. So before a stall is decided two things are looked at: that auto-read is still on, and
  // that the client hands all over on the loop; one that queues reads on, whatever its consumer has
  // taken. When auto-read is switched on again, there is a read().
  //
  // Reactor Netty reads ahead of its consumer. There a module of its own sees what the consumer
  // asks for and takes, and tells the guard; reads tell nothing.

  private final Guard guard;
  private final ChannelConfig config;
  private final Reader reader;

  /** Where the consumer of a client that reads ahead finds the guard; null for other clients. */
  private final @Nullable Attribute<Guard> shown;

  private boolean begun;
  private boolean wanted;
  private boolean readByAutoRead;
  private boolean inTurn = true;
  private boolean readInTurn;

  /** Whether a turn of the loop has ended since the last read. */
  private boolean turned;

  /**
   * Begins with the delivery of the response head.
   *
   * @param reader knows who reads
   * @param shown where the guard is to be seen, if the client reads ahead of its consumer
   */
  IncomingBody(Guard guard, ChannelConfig config, Reader reader, @Nullable Attribute<Guard> shown) {
    this.guard = guard;
    this.reader = reader;
    this.config = config;
    this.shown = shown;
    if (shown != null) {
      shown.set(guard);
      reader.isFollowed();
    }
  }

  @Override
  public void end() {
    if (shown != null) {
      shown.set(null);
    }
  }

  @Override
  public Guard guard() {
    return guard;
  }

  /** The app, or Netty for it, wants more. */
  void read() {
    if (shown != null) {
      return;
    }
    boolean afterTurn = turned || !readByAutoRead;
    turned = false;
    readByAutoRead = config.isAutoRead();
    if (inTurn) {
      readInTurn = true;
    } else {
      want(afterTurn);
    }
  }

  /**
   * Tells the guard that more is wanted. If no bytes of the body came since that was said before,
   * either the socket had others, and the silence goes on, or auto-read was off, and it begins
   * anew.
   */
  private void want(boolean afterTurn) {
    if (wanted && !afterTurn) {
      guard.satisfied();
    }
    wanted = true;
    guard.requested();
    reader.wants(readByAutoRead);
  }

  /** Bytes came and are about to be delivered. */
  void delivering(ByteBuf bytes) {
    inTurn = true;
    wanted = false;
    begun |= bytes.isReadable();
    Scan.of(bytes, guard);
    if (shown != null) {
      guard.buffered(bytes.readableBytes());
    } else {
      guard.arrived(bytes.readableBytes());
    }
  }

  @Override
  public boolean isBegun() {
    return begun;
  }

  /** The event loop has delivered all that it had read. */
  void turnEnded() {
    inTurn = false;
    turned = config.isAutoRead();
    if (readInTurn) {
      readInTurn = false;
      if (!isPaused()) {
        want(true);
      }
    }
  }

  @Override
  public boolean isWanted() {
    if (wanted && (isPaused() || mayBeQueued())) {
      wanted = false;
      guard.satisfied();
    }
    return wanted || shown != null;
  }

  private boolean mayBeQueued() {
    return readByAutoRead && !reader.handsOverAtOnce();
  }

  private boolean isPaused() {
    return readByAutoRead && !config.isAutoRead();
  }
}
