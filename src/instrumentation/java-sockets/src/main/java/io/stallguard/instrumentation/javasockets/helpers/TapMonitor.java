package io.stallguard.instrumentation.javasockets.helpers;

import java.net.Socket;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An object that is a lock by its monitor, as it replaces one that was nothing else, and a tap. */
final class TapMonitor implements BiFunction<Socket, byte[], Object> {
  private final TapSeat seat;

  TapMonitor(Taps taps, boolean plain) {
    this.seat = new TapSeat(taps, plain);
  }

  @Override
  public @Nullable Object apply(Socket socket, byte[] bytes) {
    return seat.begin(socket, bytes);
  }
}
