package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelHandlerContext;
import io.stallguard.core.Abort;
import io.stallguard.core.Guard;

/**
 * Sends the abort to the event loop, where the handler fails the body and closes the channel.
 *
 * <p>Nothing waits there, so there is nothing harder to escalate to: who blocks an event loop
 * blocks its sockets too.
 */
final class BodyAbort implements Abort {
  private final GuardHandler handler;
  private final ChannelHandlerContext context;

  BodyAbort(GuardHandler handler, ChannelHandlerContext context) {
    this.handler = handler;
    this.context = context;
  }

  @Override
  public void abort(Guard guard) {
    context.executor().execute(() -> handler.abort(context, guard));
  }
}
