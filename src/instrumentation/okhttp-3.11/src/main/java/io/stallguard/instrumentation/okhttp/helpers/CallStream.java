package io.stallguard.instrumentation.okhttp.helpers;

import java.io.IOException;
import java.lang.reflect.Method;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** The stream of HTTP/2 that a call has at this moment. */
final class CallStream {
  // OkHttp closes a cancelled stream at once, and has its reset written by a thread of its task
  // runner. If no thread is to be had then, the reset is lost: a second cancel does nothing. Worse,
  // the runner may never run again: since 4.0 a worker that has taken a task starts the next worker
  // first, and one that fails there leaves its queue marked as busy; since 5.0 the runner goes on
  // to wait for the thread that was not started, and it is that of all clients. So where threads
  // are short the runner is left alone. What it uses is called on the own thread; to write may wait
  // for room in a send buffer, but readers are free before.

  /** Fields from a call to its stream: since 4.0, of 3.13 and 3.14, before. */
  private static final String[][] WAYS = {
    {"exchange", "codec", "stream"},
    {"transmitter", "exchange", "codec", "stream"},
    {"retryAndFollowUpInterceptor", "streamAllocation", "codec", "stream"}
  };

  private final Object stream;
  private final Method close;
  private final Object cancel;

  private CallStream(Object stream, Method close, Object cancel) {
    this.stream = stream;
    this.close = close;
    this.cancel = cancel;
  }

  /** OkHttp's own object of the stream; null if there is none, or none that can be had. */
  static @Nullable Object held(Call call) {
    return Insides.end(call, WAYS);
  }

  /** The stream of a call; null if it has none, any more or at all, or none that can be had. */
  static @Nullable CallStream of(Call call) {
    Object stream = held(call);
    Method close = stream == null ? null : Insides.method(stream, "close", 2, 1);
    Object cancel = close == null ? null : cancel(close.getParameterTypes()[0]);
    return stream == null || close == null || cancel == null
        ? null
        : new CallStream(stream, close, cancel);
  }

  /** OkHttp's error code of this name. */
  private static @Nullable Object cancel(Class<?> codes) {
    Object[] all = codes.getEnumConstants();
    for (int i = 0; all != null && i < all.length; i++) {
      if (((Enum<?>) all[i]).name().equals("CANCEL")) {
        return all[i];
      }
    }
    return null;
  }

  /**
   * Closes the stream: frees its reader, then writes the reset; nothing if it is closed already.
   */
  void close() throws Exception {
    if (close.getParameterCount() == 1) {
      written(close, stream, cancel);
    } else {
      // Not a reset as the reader's failure: that would have OkHttp take no more streams on this
      // connection.
      written(close, stream, cancel, new IOException("Canceled"));
    }
  }

  /** Writes the reset of a stream that is closed. Peers overlook a second one. */
  void reset() throws Exception {
    Object connection = Insides.value(stream, "connection");
    Object id = Insides.value(stream, "id");
    Object writer = connection == null ? null : Insides.value(connection, "writer");
    Method reset = writer == null ? null : Insides.method(writer, "rstStream", 2);
    if (writer == null || id == null || reset == null) {
      throw new IllegalStateException("OkHttp " + stream.getClass() + " has another shape");
    }
    written(reset, writer, id, cancel);
  }

  private static void written(Method method, Object of, Object... arguments) throws Exception {
    try {
      Insides.call(method, of, arguments);
    } catch (IOException e) {
      // The connection is closed or broken, and with it the stream is over.
    }
  }
}
