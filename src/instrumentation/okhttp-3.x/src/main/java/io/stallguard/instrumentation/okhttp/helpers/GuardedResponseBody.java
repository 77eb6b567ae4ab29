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

  GuardedResponseBody(ResponseBody body, Guard guard) {
    this.body = body;
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
    return source;
  }
}
