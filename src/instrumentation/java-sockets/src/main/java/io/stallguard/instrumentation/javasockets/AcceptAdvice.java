package io.stallguard.instrumentation.javasockets;

import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** After a server has accepted a socket: whatever goes over it, it is none of ours. */
final class AcceptAdvice {
  private AcceptAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  @SuppressWarnings({"unchecked", "ReturnValueIgnored"})
  static void exit(@Advice.Argument(0) Object socket) throws ReflectiveOperationException {
    ((BiFunction<String, Object[], Object>)
            ClassLoader.getSystemClassLoader()
                .loadClass("io.stallguard.agent.Hooks")
                .getField("hook")
                .get(null))
        .apply("java-sockets", new Object[] {Socket.class, "accepted", null, socket});
  }
}
