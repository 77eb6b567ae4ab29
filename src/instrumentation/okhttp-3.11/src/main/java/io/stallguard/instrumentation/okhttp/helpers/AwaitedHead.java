package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.engine.Guard;
import java.util.function.BiFunction;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** A wait for a response head: takes what came of it, and gives what the app is to see. */
final class AwaitedHead
    implements BiFunction<@Nullable Object, @Nullable Throwable, @Nullable Throwable> {
  private final Guard guard;

  private AwaitedHead(Guard guard) {
    this.guard = guard;
  }

  /** Begins the wait. By the thread that waits. */
  static AwaitedHead begin(Guard guard) {
    guard.awaiting();
    return new AwaitedHead(guard);
  }

  /**
   * The wait is over.
   *
   * @param response null if there is none
   * @param thrown what OkHttp threw, or null
   * @return what is to be thrown, or null
   */
  @Override
  public @Nullable Throwable apply(@Nullable Object response, @Nullable Throwable thrown) {
    if (guard.finished()) {
      return thrown;
    }
    Throwable stalled = guard.stallException(thrown);
    if (response != null) {
      close((Response) response, stalled);
    }
    return stalled;
  }

  /** Closes a response that nobody is going to see: the abort came too late to keep it away. */
  private static void close(Response response, Throwable stalled) {
    try {
      response.close();
    } catch (RuntimeException e) {
      stalled.addSuppressed(e);
    }
  }
}
