package io.stallguard.instrumentation.reactornetty.helpers;

import io.netty.util.AttributeKey;
import io.stallguard.core.Engine;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.UniqueName;
import java.util.function.Function;
import reactor.core.CoreSubscriber;
import reactor.netty.channel.ChannelOperations;

/** Puts a decorator in front of each consumer of what a channel receives. Any thread. */
public final class GuardedReceive implements Function<Object[], Object> {
  /** The attribute where the modules for Netty put the guard of a body that is coming in. */
  private final AttributeKey<Guard> guard = AttributeKey.valueOf(UniqueName.of(Guard.class));

  /** Made once for each copy of Reactor Netty. */
  public GuardedReceive(Engine engine) {}

  @Override
  @SuppressWarnings("unchecked")
  public Object apply(Object[] arguments) {
    ChannelOperations<?, ?> operations = (ChannelOperations<?, ?>) arguments[3];
    CoreSubscriber<Object> receiver = (CoreSubscriber<Object>) arguments[2];
    return operations == null || receiver == null
        ? receiver
        : new GuardedReceiver(receiver, arguments[0], () -> operations.channel().attr(guard).get());
  }
}
