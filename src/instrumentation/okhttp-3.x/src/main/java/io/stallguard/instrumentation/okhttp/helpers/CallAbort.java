package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import okhttp3.Call;

/**
 * Cancels a call: OkHttp closes the raw socket of HTTP/1.1, resets the stream of HTTP/2.
 *
 * <p>Neither waits for a lock that the reader or a TLS peer holds, so there is nothing harder to
 * escalate to. Only an app's own {@code EventListener} could block, and it is called last.
 */
final class CallAbort implements Abort {
  private final Call call;

  CallAbort(Call call) {
    this.call = call;
  }

  @Override
  public void abort(Guard guard) {
    call.cancel();
  }
}
