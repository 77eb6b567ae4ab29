package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/**
 * After a socket was asked for its timeout and threw, as it is closed.
 *
 * <p>Flight Recorder, up to Java 24, asks that around each read that took long, outside of all that
 * advice can reach; of a read that we have released, what it throws would take the place of what
 * the app is to see.
 */
@SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
final class SocketTimeoutAdvice {
  private SocketTimeoutAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
  static void exit(
      @Hook BiFunction<String, Object[], Object> hook,
      @Advice.This Object socket,
      @Advice.Return(readOnly = false) int timeout,
      @Advice.Thrown(readOnly = false) Throwable thrown) {
    if (thrown != null) {
      Object shown =
          hook.apply("java-sockets", new Object[] {Socket.class, "timeout", thrown, socket});
      thrown = shown instanceof Throwable ? (Throwable) shown : null;
    }
  }
}
