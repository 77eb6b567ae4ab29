package io.stallguard.instrumentation.javasockets;

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
  @SuppressWarnings("unchecked")
  static void exit(
      @Advice.FieldValue("this$0") Object socket,
      @Advice.AllArguments Object[] arguments,
      @Advice.Return(readOnly = false) int result,
      @Advice.Thrown(readOnly = false) Throwable thrown)
      throws ReflectiveOperationException {
    if (thrown != null) {
      Object shown =
          ((BiFunction<String, Object[], Object>)
                  ClassLoader.getSystemClassLoader()
                      .loadClass("io.stallguard.agent.Hooks")
                      .getField("hook")
                      .get(null))
              .apply(
                  "java-sockets",
                  new Object[] {Socket.class, "failed read", thrown, socket, arguments});
      result = shown instanceof Integer ? (Integer) shown : result;
      thrown = shown instanceof Throwable ? (Throwable) shown : null;
    }
  }
}
