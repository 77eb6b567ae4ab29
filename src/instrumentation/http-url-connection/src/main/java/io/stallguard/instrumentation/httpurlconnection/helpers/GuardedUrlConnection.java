package io.stallguard.instrumentation.httpurlconnection.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Claim;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.GuardedInputStream;
import io.stallguard.core.engine.SocketAbort;
import io.stallguard.core.words.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Guards response bodies. Any thread. */
public final class GuardedUrlConnection implements Function<Object[], Object> {
  private static final String BODY = "sun.net.www.protocol.http.HttpURLConnection$HttpInputStream";

  private final Engine engine;
  private final JdkConnectionSocket socket;

  /**
   * The abort by the JDK's client, whose exchange it is until the client says that it has finished.
   */
  private final Map<Object, SocketAbort> inUse = Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Made once.
   *
   * @throws ReflectiveOperationException if the JDK keeps its socket elsewhere
   */
  public GuardedUrlConnection(Engine engine) throws ReflectiveOperationException {
    this.engine = engine;
    this.socket = new JdkConnectionSocket();
    // Where it is another one, no body comes here, and none may be claimed.
    Class.forName(BODY, false, null);
  }

  @Override
  public @Nullable Object apply(Object[] arguments) {
    switch ((String) arguments[1]) {
      case "begin":
        return Claim.begin();
      case "body":
        return guarded((HttpURLConnection) arguments[0], (InputStream) arguments[2]);
      case "finished":
        return handedOver(arguments[0]);
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  private InputStream guarded(HttpURLConnection connection, InputStream body) {
    try {
      Object client = socket.clientOf(connection);
      Socket own = socket.of(client);
      // An answer from a cache does not stall, and nothing of it could be closed.
      if (client == null || own == null) {
        return body;
      }
      SocketAbort abort = new SocketAbort(own);
      Guard guard = engine.open(exchange(connection, own), abort);
      if (guard == null) {
        return body;
      }
      inUse.put(client, abort);
      return new GuardedInputStream(body, guard);
    } catch (IOException | IllegalAccessException e) {
      engine.errors().record("head of http-url-connection", e);
      return body;
    }
  }

  /** Gives anything but null if the connection must not be used for another request. */
  private @Nullable Object handedOver(Object client) {
    SocketAbort abort = inUse.remove(client);
    return abort == null || abort.over() ? null : abort;
  }

  /**
   * Describes the exchange. The head is parsed already: asking for it here does no input or output.
   */
  private static Exchange exchange(HttpURLConnection connection, Socket socket) throws IOException {
    URL url = connection.getURL();
    return Exchange.of("http-url-connection")
        .request(
            connection.getRequestMethod(),
            url.getProtocol(),
            url.getHost(),
            url.getPort(),
            url.getPath())
        .requestHeaders(connection::getRequestProperty)
        .response(protocol(connection), connection.getResponseCode(), connection.getContentType())
        .encoding(connection.getContentEncoding())
        .peer(socket.getRemoteSocketAddress())
        .build();
  }

  private static String protocol(HttpURLConnection connection) {
    String statusLine = connection.getHeaderField(0);
    int space = statusLine == null ? -1 : statusLine.indexOf(' ');
    return space < 0 ? "HTTP/1.1" : statusLine.substring(0, space);
  }
}
