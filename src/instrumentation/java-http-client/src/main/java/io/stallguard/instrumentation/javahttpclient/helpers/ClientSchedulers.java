package io.stallguard.instrumentation.javahttpclient.helpers;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicInteger;

/** The state of the sequential schedulers in which a JDK's client does its work. Any thread. */
final class ClientSchedulers {
  /** The bits of a scheduler that runs, or is to run again. */
  private static final int AT_WORK = 2 | 4;

  private final Field state;

  /**
   * Finds the members of all clients' schedulers.
   *
   * @throws ReflectiveOperationException if this JDK has it otherwise
   */
  ClientSchedulers(Class<?> type) throws ReflectiveOperationException {
    this.state = Opened.of(type.getDeclaredField("state"));
  }

  /**
   * Whether a scheduler does nothing, and has nothing to do. One that is not at rest is running, or
   * waits for a thread.
   */
  boolean isAtRest(Field scheduler, Object of) throws IllegalAccessException {
    AtomicInteger seen = (AtomicInteger) state.get(scheduler.get(of));
    return (seen.get() & AT_WORK) == 0;
  }
}
