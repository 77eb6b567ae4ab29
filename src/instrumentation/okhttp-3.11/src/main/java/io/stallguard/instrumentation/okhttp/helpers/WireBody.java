package io.stallguard.instrumentation.okhttp.helpers;

import java.lang.ref.WeakReference;
import java.util.Objects;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** What was made of a body where it came from the wire. */
final class WireBody {
  private final @Nullable String contentType;
  private final boolean encoded;

  /**
   * The guarded body; null if it is not guarded. Held weakly, as it holds its call: one that is
   * gone was dropped by an interceptor.
   */
  private final @Nullable WeakReference<GuardedResponseBody> guarded;

  WireBody(Response response, @Nullable GuardedResponseBody guarded) {
    this.contentType = response.header("Content-Type");
    this.encoded = response.header("Content-Encoding") != null;
    this.guarded = guarded == null ? null : new WeakReference<>(guarded);
  }

  /** Whether what holds for this body holds for a response as well, which was made of its own. */
  boolean isOf(Response made) {
    return guarded != null || Objects.equals(contentType, made.header("Content-Type"));
  }

  /** The body of that response as the app is to get it; null if that is as it is. */
  @Nullable ResponseBody above(Response made) {
    ResponseBody body = made.body();
    GuardedResponseBody below = guarded == null ? null : guarded.get();
    if (body == null || below == null || body == below) {
      return null;
    }
    return below.above(body, encoded && made.header("Content-Encoding") == null);
  }
}
