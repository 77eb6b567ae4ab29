package io.stallguard.instrumentation.httpurlconnection.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.Exchange;
import io.stallguard.core.Guard;
import io.stallguard.core.GuardedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.function.Function;

/** Guards response bodies. Any thread. */
public final class GuardedUrlConnection implements Function<Object[], Object> {
  private final Engine engine;
  private final ConnectionSocket socket;

  /**
   * Made once.
   *
   * @throws ReflectiveOperationException if the JDK keeps its socket elsewhere
   */
  public GuardedUrlConnection(Engine engine) throws ReflectiveOperationException {
    this.engine = engine;
    this.socket = new ConnectionSocket();
  }

  @Override
  public Object apply(Object[] arguments) {
    HttpURLConnection connection = (HttpURLConnection) arguments[0];
    InputStream body = (InputStream) arguments[1];
    try {
      Guard guard = engine.open(exchange(connection), new SocketAbort(socket, connection));
      return guard == null ? body : new GuardedInputStream(body, guard);
    } catch (IOException e) {
      engine.errors().record("head of http-url-connection", e);
      return body;
    }
  }

  /** The head is parsed already: asking for it here does no input or output. */
  private static Exchange exchange(HttpURLConnection connection) throws IOException {
    URL url = connection.getURL();
    return Exchange.of("http-url-connection")
        .request(
            connection.getRequestMethod(),
            url.getProtocol(),
            url.getHost(),
            url.getPort(),
            url.getPath())
        .response(protocol(connection), connection.getResponseCode(), connection.getContentType())
        .encoding(connection.getContentEncoding())
        .build();
  }

  private static String protocol(HttpURLConnection connection) {
    String statusLine = connection.getHeaderField(0);
    int space = statusLine == null ? -1 : statusLine.indexOf(' ');
    return space < 0 ? "HTTP/1.1" : statusLine.substring(0, space);
  }
}
