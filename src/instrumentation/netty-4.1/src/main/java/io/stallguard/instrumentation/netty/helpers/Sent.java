package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Tells when what was written has gone to the network. No state. */
final class Sent {
  private Sent() {}

  /**
   * Gives the promise to write with.
   *
   * @param task run on the handler's own thread, unless the writing fails
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It is the promise itself.
  static ChannelPromise then(ChannelPromise promise, ChannelHandlerContext context, Runnable task) {
    ChannelPromise told = promise.unvoid();
    told.addListener(
        written -> {
          if (written.isSuccess() && context.executor().inEventLoop()) {
            task.run();
          } else if (written.isSuccess()) {
            context.executor().execute(task);
          }
        });
    return told;
  }
}
