package io.stallguard.instrumentation.javasockets.helpers;

import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The read lock of a TLS stream of the JDK that is its tap as well. */
final class TapLock extends ReentrantLock implements BiFunction<Socket, byte[], Object> {
  private static final long serialVersionUID = 1L;

  private final transient TapSeat seat;

  TapLock(ReentrantLock replaced, Taps taps) {
    super(replaced.isFair());
    this.seat = new TapSeat(taps, false);
  }

  @Override
  public @Nullable Object apply(Socket socket, byte[] bytes) {
    return seat.begin(socket, bytes);
  }
}
