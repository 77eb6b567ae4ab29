package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.engine.DecodedBody;
import io.stallguard.core.engine.Guard;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;

/** A response body whose reads are timed, or what was made of one. */
final class GuardedResponseBody extends ResponseBody {
  private final ResponseBody body;
  private final BufferedSource source;
  private final Guard guard;
  private final GuardedSource timed;
  private volatile boolean begun;

  private GuardedResponseBody(
      ResponseBody body, Guard guard, GuardedSource timed, Source decorated) {
    this.body = body;
    this.guard = guard;
    this.timed = timed;
    this.source = Okio.buffer(decorated);
  }

  /** Times the reads of a body. */
  static GuardedResponseBody of(ResponseBody body, Guard guard) {
    GuardedSource timed = new GuardedSource(body.source(), guard);
    return new GuardedResponseBody(body, guard, timed, timed);
  }

  /**
   * Shows what was decided to who reads what was made of this one.
   *
   * @param made by OkHttp, or by an interceptor of the app's
   * @param decoded whether it is in the open, and this one encoded
   */
  GuardedResponseBody above(ResponseBody made, boolean decoded) {
    if (decoded) {
      timed.scannedAbove();
      DecodedBody.begins(guard);
    }
    return new GuardedResponseBody(
        made, guard, timed, new UpperSource(made.source(), guard, decoded));
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

  /**
   * Notes that all of the body is read before anybody sees it; of what was begun before that is not
   * known.
   */
  void collected() {
    if (!begun) {
      guard.collected();
    }
  }
}
