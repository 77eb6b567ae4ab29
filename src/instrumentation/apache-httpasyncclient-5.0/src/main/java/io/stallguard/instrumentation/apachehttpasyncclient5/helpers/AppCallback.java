package io.stallguard.instrumentation.apachehttpasyncclient5.helpers;

import io.stallguard.core.callbacks.Aside;
import org.apache.hc.core5.concurrent.FutureCallback;

/** Stands before an app's callback, which a future calls as soon as it is done. */
final class AppCallback<T> implements FutureCallback<T> {
  private final FutureCallback<T> callback;

  AppCallback(FutureCallback<T> callback) {
    this.callback = callback;
  }

  @Override
  public void completed(T result) {
    callback.completed(result);
  }

  /**
   * Takes a failure: the only signal that a thread of ours brings which completes the future alone.
   */
  @Override
  public void failed(Exception cause) {
    if (!Aside.put(() -> callback.failed(cause))) {
      callback.failed(cause);
    }
  }

  @Override
  public void cancelled() {
    callback.cancelled();
  }
}
