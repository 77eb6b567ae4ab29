package io.stallguard.instrumentation.javasockets;

import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** After a socket's implementation has made its lock, which nobody has locked yet. */
@SuppressWarnings("UnusedVariable") // What is assigned is the woven class's own.
final class PlainLockAdvice {
  private PlainLockAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  @SuppressWarnings("unchecked")
  static void exit(@Advice.FieldValue(value = "fdLock", readOnly = false) Object lock)
      throws ReflectiveOperationException {
    lock =
        ((BiFunction<String, Object[], Object>)
                ClassLoader.getSystemClassLoader()
                    .loadClass("io.stallguard.agent.Hooks")
                    .getField("hook")
                    .get(null))
            .apply("java-sockets", new Object[] {Socket.class, "lock", lock, null});
  }
}
