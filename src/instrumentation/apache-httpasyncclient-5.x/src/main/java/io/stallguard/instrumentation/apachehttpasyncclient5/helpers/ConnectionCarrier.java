package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

/** A connection that carries one exchange at a time. */
final class ConnectionCarrier implements Carrier {
  private final ConnectionChannel connections;
  private final Object channel;

  ConnectionCarrier(ConnectionChannel connections, Object channel) {
    this.connections = connections;
    this.channel = channel;
  }

  @Override
  public String protocol() {
    return "HTTP/1.1";
  }

  @Override
  public boolean isShared() {
    return false;
  }

  /** From then on the connection counts as closed, so that no pool takes it back. */
  @Override
  public boolean end() throws ReflectiveOperationException {
    connections.close(channel);
    return false;
  }

  /** A closed connection wakes its reactor; one that says goodbye first, by TLS, needs this. */
  @Override
  public void wake() {
    connections.requestOutput(channel);
  }
}
