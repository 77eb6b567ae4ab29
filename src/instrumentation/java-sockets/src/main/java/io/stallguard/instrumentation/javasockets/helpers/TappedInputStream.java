package io.stallguard.instrumentation.javasockets.helpers;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a socket's implementation with a tap, Java 13 and later. Only the JDK's stream
 * above it sees it, and calls the methods that are here.
 */
final class TappedInputStream extends InputStream {
  private final InputStream in;
  private final SocketTap tap;

  TappedInputStream(InputStream in, SocketTap tap) {
    this.in = in;
    this.tap = tap;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) > 0 ? one[0] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Object entered = tap.begin(bytes);
    return entered == null
        ? in.read(bytes, offset, length)
        : tapped(entered, bytes, offset, length);
  }

  private int tapped(Object entered, byte[] bytes, int offset, int length) throws IOException {
    if (entered instanceof Refusal) {
      return result(tap.refused(offset, length), tap.apply(null));
    }
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (Throwable t) {
      return result(tap.applyAsInt(offset, SocketTap.THREW), tap.apply(t));
    }
    return result(tap.applyAsInt(offset, count), tap.apply(null));
  }

  /** Returns the count, or throws whatever a read may throw, checked or not, as it is. */
  private static int result(int count, @Nullable Throwable thrown) {
    if (thrown != null) {
      TappedInputStream.<RuntimeException>raise(thrown);
    }
    return count;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
