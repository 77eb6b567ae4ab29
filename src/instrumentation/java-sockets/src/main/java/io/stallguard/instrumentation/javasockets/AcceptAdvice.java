package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** After a server has accepted a socket: whatever goes over it, it is none of ours. */
final class AcceptAdvice {
  private AcceptAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  @SuppressWarnings("ReturnValueIgnored")
  static void exit(
      @Hook BiFunction<String, Object[], Object> hook, @Advice.Argument(0) Object socket) {
    hook.apply("java-sockets", new Object[] {Socket.class, "accepted", null, socket});
  }
}
