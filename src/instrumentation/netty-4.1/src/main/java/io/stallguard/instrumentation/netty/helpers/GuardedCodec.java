package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import io.stallguard.core.Engine;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the handler behind each client codec of HTTP/1.1. Any thread. */
public final class GuardedCodec implements Function<Object[], Object> {
  private final Surroundings surroundings;

  /** Made once for each copy of Netty. */
  public GuardedCodec(Engine engine) {
    this.surroundings = new Surroundings(engine, new HttpMessages());
  }

  /** Takes a codec's context, and what it writes if it was in its pipeline before. */
  @Override
  public @Nullable Object apply(Object[] arguments) {
    ChannelHandlerContext codec = (ChannelHandlerContext) arguments[3];
    switch ((String) arguments[1]) {
      case "added":
        add(codec);
        return null;
      case "written":
        written(codec, arguments[4]);
        return null;
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  /** Adds the handler, on the loop: this request is past its place already, so it is told of it. */
  private void written(ChannelHandlerContext codec, Object message) {
    RequestHead request = surroundings.messages().request(message);
    if (request != null && codec.pipeline().get(GuardHandler.class) == null) {
      add(codec).requested(request);
    }
  }

  /**
   * Puts the handler behind the codec at once, so that later handlers of the app's get in front of
   * ours.
   */
  private GuardHandler add(ChannelHandlerContext codec) {
    GuardHandler handler = new GuardHandler(surroundings);
    EventExecutor executor = codec.executor();
    codec
        .pipeline()
        .addAfter(
            executor == codec.channel().eventLoop() ? null : executor, codec.name(), null, handler);
    return handler;
  }
}
