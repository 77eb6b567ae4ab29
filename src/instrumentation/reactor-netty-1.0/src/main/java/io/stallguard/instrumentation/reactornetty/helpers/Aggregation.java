package io.stallguard.instrumentation.reactornetty.helpers;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;

/** Knows the consumer that Reactor Netty's own {@code aggregate()} makes of a body. */
final class Aggregation {
  // Its operators are Reactor's, as an app's may be; what they call is a lambda of the client. All
  // between the channel and the list has to be its own: whatever an app puts there, to look at the
  // pieces or to debug, makes another chain.

  private static final String OPERATORS = "reactor.core.publisher.";

  /** The beginning of the names of lambdas. */
  private static final String CLIENTS = "reactor.netty.ByteBufFlux$$Lambda";

  private Aggregation() {}

  /** Whether the app gets nothing of what a consumer is given before the end. */
  static boolean isFedBy(CoreSubscriber<?> receiver) {
    try {
      return keepsAll(receiver);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // In a module that is not open, or otherwise made: the app may have got a part.
      return false;
    }
  }

  private static boolean keepsAll(Object receiver) throws ReflectiveOperationException {
    Object retaining = receiver;
    while (passesOn(retaining)) {
      retaining = behind(retaining);
    }
    return is(retaining, "FluxPeek$PeekSubscriber")
        && isOfClient(field(field(retaining, "parent"), "onNextCall"))
        && is(behind(retaining), "MonoCollectList$MonoCollectListSubscriber");
  }

  /** Whether an operator hands over what it is given, or the buffer in it; 1.0 has two of these. */
  private static boolean passesOn(@Nullable Object operator) throws ReflectiveOperationException {
    return is(operator, "MonoFlatMapMany$FlatMapManyInner")
        || is(operator, "MonoFlatMapMany$FlatMapManyMain")
        || (is(operator, "FluxMap$MapSubscriber") && isOfClient(field(operator, "mapper")));
  }

  private static boolean is(@Nullable Object operator, String name) {
    return operator != null && operator.getClass().getName().equals(OPERATORS + name);
  }

  private static boolean isOfClient(Object lambda) {
    return lambda.getClass().getName().startsWith(CLIENTS);
  }

  private static @Nullable Object behind(@Nullable Object operator) {
    return Scannable.from(operator).scanUnsafe(Scannable.Attr.ACTUAL);
  }

  private static Object field(@Nullable Object operator, String name)
      throws ReflectiveOperationException {
    if (operator == null) {
      throw new NoSuchFieldException(name);
    }
    Field field = operator.getClass().getDeclaredField(name);
    field.setAccessible(true);
    Object value = field.get(operator);
    if (value == null) {
      throw new NoSuchFieldException("nothing in " + name);
    }
    return value;
  }
}
