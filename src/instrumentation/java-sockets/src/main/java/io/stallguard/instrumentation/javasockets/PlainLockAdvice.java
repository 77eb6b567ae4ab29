package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** After a socket's implementation has made its lock, which nobody has locked yet. */
@SuppressWarnings("UnusedVariable") // What is assigned is the woven class's own.
final class PlainLockAdvice {
  private PlainLockAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(
      @Hook BiFunction<String, Object[], Object> hook,
      @Advice.FieldValue(value = "fdLock", readOnly = false) Object lock) {
    lock = hook.apply("java-sockets", new Object[] {Socket.class, "lock", lock, null});
  }
}
