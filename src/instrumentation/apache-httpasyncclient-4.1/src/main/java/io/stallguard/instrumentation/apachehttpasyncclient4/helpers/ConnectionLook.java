package io.stallguard.instrumentation.apachehttpasyncclient4.helpers;

import io.stallguard.core.wire.LastLook;
import io.stallguard.core.wire.Look;
import io.stallguard.core.wire.SelectorLook;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.nio.NHttpClientConnection;
import org.jspecify.annotations.Nullable;

/** Looks at the connection of one exchange: has its reactor come by. */
final class ConnectionLook implements LastLook {
  // A pass of a reactor asks its selector once which connections can be read or written, and then
  // goes from one to the next: it reads a connection, and after that has it give output, for which
  // it can be asked. What came while the reactor was busy with those before is found in the next
  // pass only. But a verdict needs two looks: the second one's pass begins after the first one's
  // answer, and has read all that had come by then.

  private final NHttpClientConnection connection;
  private final Thread reactor = Thread.currentThread();
  private final AtomicReference<@Nullable Look> asked = new AtomicReference<>();

  /**
   * Makes a look. On the connection's thread.
   *
   * @param connection the client's lease of it: once it was given back, nothing here touches it
   */
  ConnectionLook(NHttpClientConnection connection) {
    this.connection = connection;
  }

  /** The thread of the reactor: what a look waits for that is not answered. */
  Thread reactor() {
    return reactor;
  }

  @Override
  public void ask(Look look) {
    if (!reactor.isAlive()) {
      // It ended by an error of the app's, say: what it has not read nobody reads.
      look.nothing();
      return;
    }
    asked.set(look);
    try {
      connection.requestOutput();
    } catch (RuntimeException e) {
      // The connection is no more a part of the reactor.
      look.nothing();
    }
    SelectorLook.await(look, reactor);
  }

  /** The connection was read, and gives output. Its thread only. */
  void passed() {
    if (asked.get() != null) {
      Look look = asked.getAndSet(null);
      if (look != null) {
        look.nothing();
      }
    }
  }
}
