package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

/** What carries one exchange: a connection of HTTP/1.1, a stream of HTTP/2. */
interface Carrier {
  /** The protocol as reports name it. */
  String protocol();

  /**
   * Ends it. Any thread; does not wait for the peer.
   *
   * @return whether the connection lives on
   * @throws ReflectiveOperationException if the client refuses
   */
  boolean end() throws ReflectiveOperationException;
}
