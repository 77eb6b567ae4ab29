package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.wire.Look;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/** The connections of one reactor's thread at which somebody looks. */
final class Passes {
  // A pass of a reactor asks its selector once which connections can be read or written, and then
  // goes from one to the next: it reads a connection, and after that has it give output. What came
  // while it was busy with those before is found in the next pass only. So a look is answered by
  // output of its own connection, never by that of another one, and a verdict needs two looks: the
  // second one's pass begins after the first one's answer, and has read all that had come by then.

  /**
   * The looks by their connections. Weak, as a connection that was closed meanwhile gives no
   * output. Under the lock.
   */
  private final Map<EndpointDetails, ConnectionLook> due = new WeakHashMap<>();

  /** Whether there are any looks, for output that nobody has asked for. */
  private volatile boolean asked;

  /** Asks for a look at a connection. Any thread. */
  synchronized void ask(Carrier carrier, Look look) {
    due.computeIfAbsent(carrier.connection(), connection -> new ConnectionLook())
        .ask(carrier, look);
    asked = true;
  }

  /** A connection was read, and has given output. The reactor's thread only. */
  void passed(HttpConnection connection) {
    if (asked) {
      Carrier again = passed(connection.getEndpointDetails());
      if (again != null) {
        wake(again);
      }
    }
  }

  private static void wake(Carrier again) {
    try {
      again.wake();
    } catch (RuntimeException e) {
      // It is no more a part of the reactor: its exchanges are told so.
    }
  }

  /** What is to be woken for another pass, null if there is nothing. */
  private synchronized @Nullable Carrier passed(EndpointDetails connection) {
    ConnectionLook look = due.get(connection);
    if (look == null) {
      return null;
    }
    if (look.isOver(connection.getReceivedBytesCount())) {
      due.remove(connection);
      asked = !due.isEmpty();
      return null;
    }
    return look.carrier();
  }
}
