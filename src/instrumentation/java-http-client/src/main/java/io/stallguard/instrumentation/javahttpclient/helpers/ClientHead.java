package io.stallguard.instrumentation.javahttpclient.helpers;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;

/** Whether a JDK's client has the response head of an exchange already. Threads for looks. */
final class ClientHead {
  // Between the head and the future that an app waits for lie tasks of the executor, one after
  // another. An executor of many threads may have answered a look while the thread with such a task
  // has not had a processor yet.

  private static final int FIRST_FINAL_STATUS = 200;

  private final Field streamResponse;
  private final Field streamStatus;
  private final Field response;
  private final Field progress;

  /** The states of an answer before its head is there. */
  private final Set<Object> early = new HashSet<>();

  /**
   * Finds the members of all clients.
   *
   * @throws ReflectiveOperationException if this JDK has it otherwise
   */
  ClientHead(ClientReader.Types types) throws ReflectiveOperationException {
    Class<?> stream = types.of("Stream");
    this.streamResponse = Opened.of(stream.getDeclaredField("response"));
    this.streamStatus = Opened.of(stream.getDeclaredField("responseCode"));
    this.response = Opened.of(types.of("Http1Exchange").getDeclaredField("response"));
    Class<?> read = types.of("Http1Response");
    this.progress = Opened.of(read.getDeclaredField("readProgress"));
    for (String state : new String[] {"INITIAL", "READING_HEADERS"}) {
      early.add(Opened.of(progress.getType().getDeclaredField(state)).get(null));
    }
  }

  /**
   * Whether the head is there; an interim one is none.
   *
   * @param carrier what carries an exchange out
   */
  boolean isThere(Object carrier) throws IllegalAccessException {
    if (streamResponse.getDeclaringClass().isInstance(carrier)) {
      return streamResponse.get(carrier) != null
          && streamStatus.getInt(carrier) >= FIRST_FINAL_STATUS;
    }
    Object read = response.getDeclaringClass().isInstance(carrier) ? response.get(carrier) : null;
    return read != null && !early.contains(progress.get(read));
  }
}
