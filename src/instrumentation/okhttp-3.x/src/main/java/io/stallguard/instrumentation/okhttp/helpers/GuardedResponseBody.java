package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.Guard;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;

/** A response body whose reads are timed. */
final class GuardedResponseBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource source;
  private final Guard guard;
  private volatile boolean begun;

  GuardedResponseBody(ResponseBody body, Guard guard) {
    this.body = body;
    this.guard = guard;
    this.source = Okio.buffer(new GuardedSource(body.source(), guard));
  }

  @Override
  public MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    begun = true;
    return source;
  }

  /** All of it is read before anybody sees it; of what was begun before that is not known. */
  void collected() {
    if (!begun) {
      guard.collected();
    }
  }
}
