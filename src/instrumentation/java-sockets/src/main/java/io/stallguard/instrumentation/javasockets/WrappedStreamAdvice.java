package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.io.InputStream;
import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** Before a socket's stream takes the one below it. */
// What is assigned is the woven method's own. The first argument is the same for all advice of the
// module: all sockets, whatever their class loader, must meet in one helper.
@SuppressWarnings("UnusedVariable")
final class WrappedStreamAdvice {
  private WrappedStreamAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(
      @Hook BiFunction<String, Object[], Object> hook,
      @Advice.Argument(0) Object socket,
      @Advice.Argument(value = 1, readOnly = false) InputStream in) {
    in =
        (InputStream) hook.apply("java-sockets", new Object[] {Socket.class, "stream", in, socket});
  }
}
