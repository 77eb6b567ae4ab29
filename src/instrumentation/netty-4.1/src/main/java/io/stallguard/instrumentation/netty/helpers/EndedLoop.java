package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelPipeline;

/** Tells the handlers of a channel of a failure when its event loop has ended. Any thread. */
final class EndedLoop {
  // A loop that has ended passes nothing on: from one handler to the next everything goes through
  // its queue, which takes no more. A client that shuts its loop down at once (shutdownNow) does
  // not even hear that its channels are closed. Nobody else calls these handlers any more, so this
  // thread may.

  /** How names of classes begin of which handlers that only pass failures on inherit that. */
  private static final String NETTY = "io.netty.channel.";

  private EndedLoop() {}

  /** Tells all that come after one handler and do something about failures. */
  static void tell(ChannelPipeline pipeline, ChannelHandler from, Throwable failure)
      throws Exception {
    boolean behind = false;
    for (ChannelHandler handler : pipeline.toMap().values()) {
      if (behind && hearsFailures(handler)) {
        ((ChannelInboundHandler) handler).exceptionCaught(pipeline.context(handler), failure);
      }
      behind |= handler == from;
    }
  }

  private static boolean hearsFailures(ChannelHandler handler) throws NoSuchMethodException {
    return handler instanceof ChannelInboundHandler
        && !handler
            .getClass()
            .getMethod("exceptionCaught", ChannelHandlerContext.class, Throwable.class)
            .getDeclaringClass()
            .getName()
            .startsWith(NETTY);
  }
}
