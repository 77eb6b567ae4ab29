package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.net.Socket;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/**
 * Before a write that is to be enciphered.
 *
 * <p>The hook is called for what begins like a request line: a word of three to seven letters in
 * capitals, a space, a slash or the h of http.
 */
final class TlsWriteAdvice {
  private TlsWriteAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  @SuppressWarnings("ReturnValueIgnored")
  static void enter(
      @Hook BiFunction<String, Object[], Object> hook,
      @Advice.FieldValue("this$0") Object socket,
      @Advice.Argument(0) byte[] bytes,
      @Advice.Argument(1) int offset,
      @Advice.Argument(2) int length) {
    // No request is shorter. Before anything is read: what is no array is the app's own error.
    if (length >= 16 && bytes[offset] >= 'A' && bytes[offset] <= 'Z') {
      byte target =
          bytes[offset + 3] == ' '
              ? bytes[offset + 4]
              : bytes[offset + 4] == ' '
                  ? bytes[offset + 5]
                  : bytes[offset + 5] == ' '
                      ? bytes[offset + 6]
                      : bytes[offset + 6] == ' '
                          ? bytes[offset + 7]
                          : bytes[offset + 7] == ' ' ? bytes[offset + 8] : 0;
      if (target == '/' || target == 'h') {
        hook.apply(
            "java-sockets",
            new Object[] {Socket.class, "request", null, socket, bytes, offset, length});
      }
    }
  }
}
