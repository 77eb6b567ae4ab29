package io.stallguard.instrumentation.httpurlconnection.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.HeadWait;
import io.stallguard.core.engine.SocketAbort;
import io.stallguard.core.words.Exchange;
import java.lang.reflect.Field;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Guards the wait for response heads. Any thread. */
public final class GuardedHead implements Function<Object[], Object> {
  /** The state of a connection that asks a proxy for a tunnel, which is none of ours. */
  private static final String ASKS_PROXY = "SETUP";

  private final Engine engine;
  private final JdkConnectionSocket socket;
  private final RetrySwitch retry;
  private final Field tunnel;

  /**
   * Made once.
   *
   * @throws ReflectiveOperationException if the JDK keeps what is needed elsewhere
   */
  public GuardedHead(Engine engine) throws ReflectiveOperationException {
    this.engine = engine;
    this.socket = new JdkConnectionSocket();
    this.retry = new RetrySwitch();
    this.tunnel =
        JdkConnectionSocket.field("sun.net.www.protocol.http.HttpURLConnection", "tunnelState");
  }

  /** What is to be told when the wait is over, or null if no limit applies. */
  @Override
  public @Nullable Object apply(Object[] arguments) {
    HttpURLConnection connection = (HttpURLConnection) arguments[3];
    try {
      if (String.valueOf(tunnel.get(connection)).equals(ASKS_PROXY)) {
        return null;
      }
      SocketAbort close = new SocketAbort(socket.of(arguments[0]));
      HeadAbort abort = new HeadAbort(retry, arguments[0], close);
      Guard guard = engine.awaitHead(exchange(connection), abort);
      return guard == null ? null : HeadWait.begin(guard);
    } catch (IllegalAccessException e) {
      engine.errors().record("head of http-url-connection", e);
      return null;
    }
  }

  private static Exchange exchange(HttpURLConnection connection) {
    URL url = connection.getURL();
    return Exchange.of("http-url-connection")
        .request(
            connection.getRequestMethod(),
            url.getProtocol(),
            url.getHost(),
            url.getPort(),
            url.getPath())
        .requestHeaders(connection::getRequestProperty)
        .build();
  }
}
