package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import org.apache.hc.core5.http.EndpointDetails;

/** A connection that carries one exchange at a time. */
final class ConnectionCarrier implements Carrier {
  private final ConnectionChannel connections;
  private final Object channel;
  private final EndpointDetails connection;

  ConnectionCarrier(ConnectionChannel connections, Object channel, EndpointDetails connection) {
    this.connections = connections;
    this.channel = channel;
    this.connection = connection;
  }

  @Override
  public String protocol() {
    return "HTTP/1.1";
  }

  @Override
  public EndpointDetails connection() {
    return connection;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  /** Closes the connection, which counts as closed from then on, so that no pool takes it back. */
  @Override
  public boolean end() throws ReflectiveOperationException {
    connections.close(channel);
    return false;
  }

  /**
   * Closes the connection without its reactor, which over TLS would say goodbye before it closes
   * it.
   */
  @Override
  public void closeWithoutReactor() throws ReflectiveOperationException {
    ReactorSession session = ReactorSession.of(channel);
    if (session != null) {
      session.closeWithoutReactor();
    }
  }

  /**
   * Wakes the reactor. A closed connection does so itself; one that says goodbye first, by TLS,
   * needs this.
   */
  @Override
  public void wake() {
    connections.requestOutput(channel);
  }
}
