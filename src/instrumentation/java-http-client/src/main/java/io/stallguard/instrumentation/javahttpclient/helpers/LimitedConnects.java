package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.ConnectLimits;
import io.stallguard.core.ConnectWait;
import io.stallguard.core.Engine;
import io.stallguard.core.StallTimeoutException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives each connection of a client its limit, and the exception if that ended it. Any thread. */
public final class LimitedConnects implements Function<Object[], Object> {
  private static final String CLIENT = "java-http-client";
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);
  private static final int LAST_PORT = 0xFFFF;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final ConnectLimits limits;

  /**
   * The waits by exchange, which has no equals of its own. Most are never asked for, and go with
   * it.
   */
  private final Map<Object, ConnectWait> waits = Collections.synchronizedMap(new WeakHashMap<>());

  /** Made once. */
  public LimitedConnects(Engine engine) {
    this.limits = new ConnectLimits(engine);
  }

  @Override
  public @Nullable Object apply(Object[] arguments) {
    switch ((String) arguments[1]) {
      case "begins":
        return begin(arguments[0], ((HttpRequest) arguments[3]).uri(), (Optional<?>) arguments[2]);
      case "timed out":
        return timedOut(arguments[0], (HttpTimeoutException) arguments[2]);
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  /**
   * Begins a wait. Null where the client's own limit comes first, which may have no time left, or
   * the port is none.
   */
  private @Nullable Object begin(Object exchange, URI uri, Optional<?> own) {
    long ownMillis = own.isPresent() ? millis((Duration) own.get()) : 0;
    ConnectWait wait =
        (own.isPresent() && ownMillis == 0) || uri.getPort() > LAST_PORT
            ? null
            : limits.begin(
                CLIENT, InetSocketAddress.createUnresolved(host(uri), port(uri)), ownMillis);
    if (wait == null || wait.getAsInt() == ownMillis) {
      // In mode observe: when it is connected is not seen.
      waits.remove(exchange);
      return null;
    }
    waits.put(exchange, wait);
    return Optional.of(Duration.ofMillis(wait.getAsInt()));
  }

  /**
   * A length in milliseconds, no more than the longest limit there is: apps write what no long of
   * nanoseconds holds.
   */
  private static long millis(Duration own) {
    return own.compareTo(LONGEST) < 0 ? own.toMillis() : LONGEST.toMillis();
  }

  private static String host(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost();
  }

  private static int port(URI uri) {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : HTTP;
  }

  /** The exception for a timeout of ours; null for another timer's, which stays as it is. */
  private @Nullable Object timedOut(Object exchange, HttpTimeoutException timeout) {
    ConnectWait wait = waits.remove(exchange);
    StallTimeoutException stall =
        wait == null || !(timeout instanceof HttpConnectTimeoutException)
            ? null
            : wait.timedOut(timeout);
    if (stall == null) {
      return null;
    }
    HttpConnectTimeoutException told = new HttpConnectTimeoutException(stall.getMessage());
    told.initCause(stall);
    return told;
  }
}
