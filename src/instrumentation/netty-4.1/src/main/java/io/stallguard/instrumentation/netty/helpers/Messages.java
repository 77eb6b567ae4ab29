package io.stallguard.instrumentation.netty.helpers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.stallguard.core.engine.Lane;
import org.jspecify.annotations.Nullable;

/** Reads what goes through a pipeline of one protocol. No state. */
interface Messages {
  /** The request that a message begins, if it begins one. */
  @Nullable RequestHead request(Object message);

  /** The response that a message begins, if it begins one. */
  @Nullable ResponseHead response(Object message);

  /** The bytes of a piece of a body, null if it is none. */
  @Nullable ByteBuf bytes(Object message);

  /** Whether the body ends with this message. */
  boolean isLast(Object message);

  /** This piece as a message that is not the last; takes over the message's reference. */
  Object notLast(Object message);

  /** Whether the server may have more to send and is not allowed to, because of other streams. */
  boolean isHeldUpByOthers(Channel channel);

  /** Whether other streams share the connection, so that the server may be kept from sending. */
  boolean isShared(Channel channel);

  /**
   * The bytes that the server may send of all streams of a shared connection before it hears of us:
   * another number than before means that bytes have come, or were taken. 0 if it is not shared.
   */
  int sharedWindow(Channel channel);

  /** The lane that the streams of the connection share; null if it is not shared. */
  @Nullable Lane lane(Channel channel);

  /**
   * Has the connection of this channel's stream take no new streams, where there is a way: the
   * stream was released, and the connection is silent. On the event loop.
   */
  void retireConnection(Channel channel);

  /** A message that is the end of the body and nothing else. */
  Object end();
}
