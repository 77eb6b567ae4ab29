package io.stallguard.instrumentation.javahttpclient.helpers;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What takes TLS apart in a JDK's client, and whether it still does. Threads for looks. */
final class ClientTls {
  // An Error in a task that the engine gives to the executor stops what reads, and nobody is told:
  // from then on bytes are neither taken apart nor asked for. (An Error of the engine itself is
  // told.) A scheduler that is at work and whose task has no thread may be that of a client whose
  // executor was out of memory when it was to take the task, and is that of an executor which holds
  // tasks back: of that nothing is concluded.

  private final Class<?> tube;
  private final Field delegate;
  private final Field reader;
  private final Field scheduler;
  private final Method isStopped;

  /**
   * Finds the members of all clients.
   *
   * @throws ReflectiveOperationException if this JDK has it otherwise
   */
  ClientTls(ClientReader.Types types) throws ReflectiveOperationException {
    this.tube = types.of("common.SSLTube");
    this.delegate = Opened.of(tube.getDeclaredField("sslDelegate"));
    this.reader = Opened.of(types.of("common.SSLFlowDelegate").getDeclaredField("reader"));
    this.scheduler = Opened.of(reader.getType().getDeclaredField("scheduler"));
    this.isStopped = Opened.of(scheduler.getType().getDeclaredMethod("isStopped"));
  }

  /**
   * Whether the client has taken apart all TLS that it can of what it was given.
   *
   * @param flow of a connection, of whatever kind
   */
  boolean isAtRest(@Nullable Object flow, ClientSchedulers schedulers)
      throws IllegalAccessException {
    return !tube.isInstance(flow) || schedulers.isAtRest(scheduler, reader.get(delegate.get(flow)));
  }

  /**
   * Whether the client takes no TLS apart any more.
   *
   * @param flow of a connection, of whatever kind
   */
  boolean hasStopped(@Nullable Object flow) throws ReflectiveOperationException {
    return tube.isInstance(flow)
        && (Boolean) isStopped.invoke(scheduler.get(reader.get(delegate.get(flow))));
  }
}
