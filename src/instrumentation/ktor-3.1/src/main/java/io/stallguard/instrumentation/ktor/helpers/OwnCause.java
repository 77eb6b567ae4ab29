package io.stallguard.instrumentation.ktor.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.FailedRead;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out whether it is our failure that a body failed with. */
public final class OwnCause implements Function<Object[], Object> {
  /** Made for the hook. */
  public OwnCause(Engine engine) {}

  /**
   * Takes a failure, and who asks for it.
   *
   * @return the failure of ours in it, null if there is none
   */
  @Override
  public @Nullable Object apply(Object[] arguments) {
    return FailedRead.ours((Throwable) arguments[3]);
  }
}
