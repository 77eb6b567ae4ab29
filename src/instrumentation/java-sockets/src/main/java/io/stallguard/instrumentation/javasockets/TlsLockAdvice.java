package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** After a TLS stream has made its lock, which nobody has locked yet. */
@SuppressWarnings("UnusedVariable") // What is assigned is the woven class's own.
final class TlsLockAdvice {
  private TlsLockAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(
      @Hook BiFunction<String, Object[], Object> hook,
      @Advice.Argument(0) Object socket,
      @Advice.FieldValue(value = "readLock", readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object lock) {
    lock = hook.apply("java-sockets", new Object[] {Socket.class, "lock", lock, socket});
  }
}
