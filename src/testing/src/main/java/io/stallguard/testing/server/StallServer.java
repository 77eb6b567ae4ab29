package io.stallguard.testing.server;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * An HTTP server whose answers go silent on demand, and which remembers what became of each
 * exchange. Which scenario it plays is part of the path, so that an unchanged application selects
 * it by its base URL.
 */
public final class StallServer implements AutoCloseable {

  static final String LOOPBACK = "127.0.0.1";

  private static final int MAX_THREADS = 32;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(StallServer::timerThread);
  private final ExchangeLog log = new ExchangeLog();
  private final Map<Port, ServerConnector> connectors = new EnumMap<>(Port.class);
  private final Server server;
  private final String host;
  private volatile boolean outage;

  private StallServer(String host, Map<Port, Integer> numbers) {
    this.host = host;
    server = new Server(threads());
    Connectors ports = new Connectors(server, log, host);
    for (Port port : Port.values()) {
      connectors.put(port, ports.open(port, numbers.getOrDefault(port, 0)));
    }
    server.setHandler(handler());
    server.setStopTimeout(0);
  }

  /** A running server on free ports. */
  public static StallServer start() {
    return start(Map.of());
  }

  /** A running server on these ports; free ones for those that are missing or 0. */
  public static StallServer start(Map<Port, Integer> numbers) {
    return start(LOOPBACK, numbers);
  }

  /**
   * @param host an address of the machine, one of those that the server's certificate names
   */
  static StallServer start(String host, Map<Port, Integer> numbers) {
    StallServer started = new StallServer(host, numbers);
    try {
      started.server.start();
      return started;
    } catch (Exception e) {
      started.close();
      throw new IllegalStateException(
          "the server does not start on " + host + ", ports " + numbers, e);
    }
  }

  /** Such as {@code http://127.0.0.1:12345}, without a slash at the end. */
  public URI base(Port port) {
    ServerConnector connector = Objects.requireNonNull(connectors.get(port), "opened at start");
    return URI.create(port.scheme() + "://" + host + ":" + connector.getLocalPort());
  }

  /** The base URL that makes every provider's client play this scenario. */
  public URI base(Port port, Scenario scenario) {
    return base(port, scenario, "");
  }

  /**
   * @param settings such as {@code events=20;period-ms=200}, may be empty
   */
  public URI base(Port port, Scenario scenario, String settings) {
    String segment =
        settings.isEmpty() ? scenario.pathName() : scenario.pathName() + ";" + settings;
    return URI.create(base(port) + "/scenario/" + segment);
  }

  /** What a client has to trust for {@link Port#TLS1} and {@link Port#TLS2}. */
  public TrustStore trustStore() {
    return Identity.shared().trustStore();
  }

  /** Lets all streams of {@link Scenario#OUTAGE} go silent for ever. */
  public void beginOutage() {
    outage = true;
  }

  /** All exchanges so far, in order of arrival. */
  public List<SeenExchange> exchanges() {
    return log.all();
  }

  /**
   * Waits for the first exchange that is as wanted.
   *
   * @throws AssertionError when there is none within the time
   */
  public SeenExchange awaitExchange(Predicate<SeenExchange> wanted, Duration timeout) {
    return awaitExchanges(1, wanted, timeout).get(0);
  }

  /**
   * Waits until so many exchanges are as wanted, and returns all that are.
   *
   * @throws AssertionError when there are fewer within the time
   */
  public List<SeenExchange> awaitExchanges(
      int count, Predicate<SeenExchange> wanted, Duration timeout) {
    return log.await(count, wanted, timeout);
  }

  /** Whether the server still holds this connection open. */
  public boolean connectionOpen(int connection) {
    return log.connectionOpen(connection);
  }

  /** Returns false if the connection is still open after this time. */
  public boolean awaitConnectionClosed(int connection, Duration timeout) {
    return log.await(() -> !log.connectionOpen(connection), timeout);
  }

  /** Stops at once and closes all connections. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }

  private WebSocketUpgradeHandler handler() {
    WebSocketUpgradeHandler sockets =
        WebSocketUpgradeHandler.from(
            server,
            container ->
                container.addMapping(
                    "/websocket",
                    (request, response, callback) -> socket(request.getHttpURI().getQuery())));
    sockets.setHandler(new StallHandler(new Backstage(log, timer, () -> outage)));
    return sockets;
  }

  private SilentSocket socket(String query) {
    return new SilentSocket(
        timer, ScenarioSettings.parse("").withQuery(query).number(ScenarioSettings.SILENT_MS, 0));
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("stall-server");
    threads.setDaemon(true);
    return threads;
  }

  private static Thread timerThread(Runnable work) {
    Thread thread = new Thread(work, "stall-server-timer");
    thread.setDaemon(true);
    return thread;
  }
}
