package io.stallguard.testing.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * All exchanges of a server, and the place where tests wait for them. Hears the resets of HTTP/2
 * streams as frames, because a request's failure doesn't tell their code.
 */
final class ExchangeLog implements HTTP2Session.FrameListener, Connection.Listener {

  private final List<SeenExchange> exchanges = new ArrayList<>();
  private final Map<EndPoint, Integer> connections = new ConcurrentHashMap<>();
  private final Map<StreamKey, SeenExchange> streams = new ConcurrentHashMap<>();
  private final AtomicInteger lastConnection = new AtomicInteger();
  private long changes;

  synchronized SeenExchange open(Request request) {
    ConnectionMetaData wire = request.getConnectionMetaData();
    int connection = connection(wire.getConnection().getEndPoint());
    boolean h2 = wire.getHttpVersion().getVersion() >= 20;
    int stream = h2 ? Integer.parseInt(request.getId()) : 0;
    SeenExchange.Peer peer = new SeenExchange.Peer(connection, stream, wire.getProtocol());
    SeenExchange exchange =
        new SeenExchange(
            exchanges.size() + 1, peer, request.getMethod(), request.getHttpURI().getPathQuery());
    exchanges.add(exchange);
    if (h2) {
      streams.put(new StreamKey(connection, stream), exchange);
    }
    changed();
    return exchange;
  }

  synchronized List<SeenExchange> all() {
    return List.copyOf(exchanges);
  }

  boolean connectionOpen(int connection) {
    return connections.entrySet().stream()
        .anyMatch(entry -> entry.getValue() == connection && entry.getKey().isOpen());
  }

  /** Wakes those who wait; called after every change of an exchange. */
  synchronized void changed() {
    changes++;
    notifyAll();
  }

  /**
   * @throws AssertionError at the deadline, with what there was instead
   */
  List<SeenExchange> await(int count, Predicate<SeenExchange> wanted, Duration timeout) {
    if (!await(() -> matching(wanted).size() >= count, timeout)) {
      throw missing(count, matching(wanted), timeout);
    }
    return matching(wanted);
  }

  /**
   * Returns false if it is not so at the deadline; the condition is looked at after each change.
   */
  boolean await(BooleanSupplier condition, Duration timeout) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    long seen = changes();
    while (!condition.getAsBoolean()) {
      if (!awaitChange(seen, deadlineNanos)) {
        return condition.getAsBoolean();
      }
      seen = changes();
    }
    return true;
  }

  private List<SeenExchange> matching(Predicate<SeenExchange> wanted) {
    return all().stream().filter(wanted).toList();
  }

  @Override
  public void onIncomingFrame(Session session, Frame frame) {
    if (frame instanceof ResetFrame reset) {
      int connection = connection(((HTTP2Session) session).getEndPoint());
      SeenExchange exchange = streams.get(new StreamKey(connection, reset.getStreamId()));
      if (exchange != null) {
        exchange.reset(reset.getError());
        changed();
      }
    }
  }

  @Override
  public void onClosed(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    // An upgrade to HTTP/2 closes the connection object too, but not what it stood on.
    if (!endPoint.isOpen()) {
      forget(connections.remove(endPoint));
    }
    changed();
  }

  private void forget(@Nullable Integer connection) {
    if (connection != null) {
      streams.keySet().removeIf(key -> key.connection() == connection);
    }
  }

  private int connection(EndPoint endPoint) {
    return connections.computeIfAbsent(endPoint, each -> lastConnection.incrementAndGet());
  }

  private synchronized long changes() {
    return changes;
  }

  /** Returns false at the deadline. */
  private synchronized boolean awaitChange(long seen, long deadlineNanos) {
    while (changes == seen) {
      long leftMillis = Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
      if (leftMillis <= 0) {
        return false;
      }
      try {
        wait(leftMillis);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for an exchange", e);
      }
    }
    return true;
  }

  private AssertionError missing(int count, List<SeenExchange> found, Duration timeout) {
    String others =
        all().stream()
            .limit(20)
            .map(SeenExchange::toString)
            .collect(Collectors.joining("\n  ", "\n  ", ""));
    return new AssertionError(
        "expected %d such exchanges within %s, found %d among:%s"
            .formatted(count, timeout, found.size(), others));
  }

  /** Names an HTTP/2 stream among all connections. */
  private record StreamKey(int connection, int stream) {}
}
