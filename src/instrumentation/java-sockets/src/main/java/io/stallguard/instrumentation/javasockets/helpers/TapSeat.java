package io.stallguard.instrumentation.javasockets.helpers;

import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The place of a tap whose socket becomes known at the first read only. Any thread. */
final class TapSeat {
  private final Taps taps;
  private final boolean plain;
  private volatile @Nullable SocketTap tap;

  /**
   * Makes an empty place.
   *
   * @param plain whether the stream may carry the ciphertext of a TLS socket
   */
  TapSeat(Taps taps, boolean plain) {
    this.taps = taps;
    this.plain = plain;
  }

  @Nullable Object begin(Socket socket, byte[] bytes) {
    SocketTap seated = tap;
    return (seated != null ? seated : seat(socket)).begin(bytes);
  }

  private SocketTap seat(Socket socket) {
    SocketTap found = plain ? taps.ofPlain(socket) : taps.ofTls(socket);
    tap = found;
    return found;
  }
}
