package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/**
 * After a read of Conscrypt has thrown that asks the socket first whether it is open, and so comes
 * to no other advice once the socket was closed by us.
 */
@SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
final class FailedReadAdvice {
  private FailedReadAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
  static void exit(
      @Hook BiFunction<String, Object[], Object> hook,
      @Advice.FieldValue("this$0") Object socket,
      @Advice.AllArguments Object[] arguments,
      @Advice.Return(readOnly = false) int result,
      @Advice.Thrown(readOnly = false) Throwable thrown) {
    if (thrown != null) {
      Object shown =
          hook.apply(
              "java-sockets",
              new Object[] {Socket.class, "failed read", thrown, socket, arguments});
      result = shown instanceof Integer ? (Integer) shown : result;
      thrown = shown instanceof Throwable ? (Throwable) shown : null;
    }
  }
}
