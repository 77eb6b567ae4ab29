package io.stallguard.instrumentation.javasockets.helpers;

import io.stallguard.core.ConnectLimits;
import io.stallguard.core.Engine;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives each connect of a socket its limit. Any thread. */
public final class LimitedConnects implements Function<Object[], Object> {
  private static final String CLIENT = "java-sockets";

  private final ConnectLimits limits;

  /** Made once. */
  public LimitedConnects(Engine engine) {
    this.limits = new ConnectLimits(engine);
  }

  /** Begins a wait; null for what the socket is going to refuse. */
  @Override
  public @Nullable Object apply(Object[] arguments) {
    Object endpoint = arguments[3];
    int timeout = (Integer) arguments[4];
    return endpoint instanceof InetSocketAddress && timeout >= 0
        ? limits.begin(CLIENT, (InetSocketAddress) endpoint, timeout)
        : null;
  }
}
