package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the connecting of a socket: every way to connect one comes here, constructors too. */
@SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static @Nullable Object enter(
      @Hook BiFunction<String, Object[], Object> hook,
      @Advice.Argument(0) SocketAddress endpoint,
      @Advice.Argument(value = 1, readOnly = false) int timeout) {
    Object waiting =
        hook.apply(
            "java-sockets-connect",
            new Object[] {Socket.class, "connect", null, endpoint, timeout});
    timeout = waiting instanceof IntSupplier ? ((IntSupplier) waiting).getAsInt() : timeout;
    return waiting;
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  @SuppressWarnings("unchecked")
  static void exit(
      @Advice.Enter @Nullable Object waiting, @Advice.Thrown(readOnly = false) Throwable thrown) {
    if (waiting instanceof UnaryOperator) {
      thrown = (Throwable) ((UnaryOperator<Object>) waiting).apply(thrown);
    }
  }
}
