package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.Channel;
import io.stallguard.core.Engine;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the handler into each stream of HTTP/2 that a client opens. Any thread. */
public final class GuardedStreams implements Function<Object[], Object> {
  private final Surroundings surroundings;

  /** Made once for each copy of Netty. */
  public GuardedStreams(Engine engine) {
    this.surroundings = new Surroundings(engine, new Http2Frames());
  }

  /**
   * Puts the handler first of all, next to the connection: what the client's handlers do to frames
   * comes later.
   */
  @Override
  public @Nullable Object apply(Object[] arguments) {
    Channel stream = (Channel) arguments[3];
    Siblings.join(stream);
    stream.pipeline().addFirst(new GuardHandler(surroundings));
    return null;
  }
}
