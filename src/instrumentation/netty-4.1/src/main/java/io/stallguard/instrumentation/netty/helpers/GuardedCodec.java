package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import io.stallguard.core.Engine;
import java.util.function.Function;

/** Puts the handler behind each client codec of HTTP/1.1. Any thread. */
public final class GuardedCodec implements Function<Object[], Object> {
  private final Surroundings surroundings;

  /** Made once for each copy of Netty. */
  public GuardedCodec(Engine engine) {
    this.surroundings = new Surroundings(engine, new HttpMessages());
  }

  /** Behind the codec at once, so that later handlers of the app's get in front of ours. */
  @Override
  public Object apply(Object[] arguments) {
    ChannelHandlerContext codec = (ChannelHandlerContext) arguments[1];
    EventExecutor executor = codec.executor();
    codec
        .pipeline()
        .addAfter(
            executor == codec.channel().eventLoop() ? null : executor,
            codec.name(),
            null,
            new GuardHandler(surroundings));
    return codec;
  }
}
