package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.engine.Guard;
import org.apache.hc.core5.http.EndpointDetails;

/** What carries one exchange: a connection of HTTP/1.1, a stream of HTTP/2. */
interface Carrier {
  /** The protocol as reports name it. */
  String protocol();

  /** What tells one connection from another. */
  EndpointDetails connection();

  /** Whether others are carried by the same connection, and may go on when this one has failed. */
  boolean isShared();

  /**
   * Ends what carries the exchange. Any thread; does not wait for the peer.
   *
   * @return whether it was ended alone, so that a shared connection is none the worse
   * @throws ReflectiveOperationException if the client refuses
   */
  boolean end() throws ReflectiveOperationException;

  /** Closes the connection, whose reactor has died, whatever it carries. */
  default void closeWithoutReactor() throws ReflectiveOperationException {}

  /** Whether nothing at all has come by the connection for so long that its peer may be gone. */
  default boolean isSilent(Guard released) {
    return false;
  }

  /** Closes a connection that others share and nobody is given any more, if it has no stream. */
  default void shutDown() {}

  /** Has the reactor look at the connection soon, if it still is one. Any thread. */
  void wake();
}
