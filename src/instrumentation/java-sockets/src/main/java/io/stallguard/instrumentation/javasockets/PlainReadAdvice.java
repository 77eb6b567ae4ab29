package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.FieldPath;
import java.util.function.BiFunction;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around a read of a plain socket, Java 8 to 12. */
@SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
final class PlainReadAdvice {
  private PlainReadAdvice() {}

  /** Gives null if the stream is of no interest, a supplier if there is to be no read. */
  @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Supplier.class)
  @SuppressWarnings("unchecked")
  static @Nullable Object enter(
      @FieldPath({"impl", "fdLock"}) Object lock,
      @Advice.FieldValue("socket") Object socket,
      @Advice.Argument(0) byte[] bytes) {
    // Each use of the parameter reads the field anew.
    Object reader = lock;
    return reader instanceof BiFunction
        ? ((BiFunction<Object, byte[], Object>) reader).apply(socket, bytes)
        : null;
  }

  /**
   * Takes the count of the read. One below any that a read returns says that it threw; of no read,
   * it is what it may be.
   */
  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
  @SuppressWarnings("unchecked")
  static void exit(
      @Advice.Enter @Nullable Object entered,
      @Advice.Argument(1) int offset,
      @Advice.Argument(2) int length,
      @Advice.Return(readOnly = false) int count,
      @Advice.Thrown(readOnly = false) Throwable thrown) {
    if (entered != null) {
      count =
          ((IntBinaryOperator) entered)
              .applyAsInt(
                  offset,
                  entered instanceof Supplier
                      ? length
                      : thrown == null ? count : Integer.MIN_VALUE);
      thrown = ((UnaryOperator<Throwable>) entered).apply(thrown);
    }
  }
}
