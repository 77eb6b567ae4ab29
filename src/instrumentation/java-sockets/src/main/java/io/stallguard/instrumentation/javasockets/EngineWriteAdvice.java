package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.Hook;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/**
 * Before Conscrypt enciphers what it has wrapped: both of its ways to write an array come here.
 *
 * <p>The hook is called for what begins like a request line: a word of three to seven letters in
 * capitals, a space, a slash or the h of http.
 */
final class EngineWriteAdvice {
  private EngineWriteAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  @SuppressWarnings("ReturnValueIgnored")
  static void enter(
      @Hook BiFunction<String, Object[], Object> hook,
      @Advice.FieldValue("this$0") Object socket,
      @Advice.Argument(0) ByteBuffer buffer) {
    byte[] bytes = buffer.array();
    int offset = buffer.arrayOffset() + buffer.position();
    int length = buffer.remaining();
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
