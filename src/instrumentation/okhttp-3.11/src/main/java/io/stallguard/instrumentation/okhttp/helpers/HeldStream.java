package io.stallguard.instrumentation.okhttp.helpers;

import java.util.Collection;
import okhttp3.Call;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** A stream of HTTP/2 that a call has, which OkHttp's API does not tell. */
final class HeldStream {
  /** Fields from who holds a connection to its stream: since 3.13, before. */
  private static final String[][] WAYS = {{"exchange", "codec", "stream"}, {"codec", "stream"}};

  /** The fields with heads that have come: since 3.12, before. */
  private static final String[] HEADS = {"headersQueue", "responseHeaders"};

  private final Object stream;

  private HeldStream(Object stream) {
    this.stream = stream;
  }

  /** The stream of who holds a connection; null if there is none, or none that can be had. */
  static @Nullable HeldStream of(Object holder) {
    return around(Insides.end(holder, WAYS));
  }

  /** The stream of HTTP/2 that a call has at this moment; null if it has none. */
  static @Nullable HeldStream ofCall(Call call) {
    return around(CallStream.held(call));
  }

  private static @Nullable HeldStream around(@Nullable Object stream) {
    return stream == null ? null : new HeldStream(stream);
  }

  /** How many bytes have come that nobody has read. */
  long unreadBytes() {
    return bytes("readBuffer") + bytes("receiveBuffer");
  }

  private long bytes(String buffer) {
    Object bytes = Insides.end(stream, "source", buffer);
    return bytes instanceof Buffer ? ((Buffer) bytes).size() : 0;
  }

  /**
   * Whether the stream's reader would go on at once: with a head, with bytes, with the end or an
   * error. Who closes it reads no more, and may wait for something else.
   */
  boolean isReadable() {
    return !is("closed")
        && (unreadBytes() > 0
            || is("finished")
            || Insides.end(stream, "errorCode") != null
            || hasHead());
  }

  private boolean is(String state) {
    return Boolean.TRUE.equals(Insides.end(stream, "source", state));
  }

  private boolean hasHead() {
    for (String name : HEADS) {
      Object heads = Insides.end(stream, name);
      if (heads instanceof Collection && !((Collection<?>) heads).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
