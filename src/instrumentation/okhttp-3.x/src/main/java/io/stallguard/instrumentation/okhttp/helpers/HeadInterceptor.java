package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.Guard;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Guards the wait for a response head, from where the connection is there. Any thread. */
final class HeadInterceptor implements Interceptor {
  // A network interceptor: what it proceeds to is the sending of the request and the reading of the
  // head, without the connect. A body of a size that is sent in no time counts as sent; a longer
  // one, or one of unknown length, may take its time, so such an exchange is left alone.

  private static final long LONGEST_BODY_BYTES = 1 << 20;

  private final Engine engine;

  HeadInterceptor(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Guard guard = guard(chain);
    if (guard == null) {
      return chain.proceed(chain.request());
    }
    guard.awaiting();
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (Throwable t) {
      if (!guard.finished()) {
        throw guard.stallException(t);
      }
      throw t;
    }
    if (!guard.finished()) {
      response.close();
      throw guard.stallException(null);
    }
    return response;
  }

  private @Nullable Guard guard(Chain chain) {
    try {
      Request request = chain.request();
      return isSentAtOnce(request.body())
          ? engine.awaitHead(
              GuardInterceptor.request(request).build(),
              new CallAbort(chain.call(), engine.callbacks()),
              HeldConnection.laneOf(chain.call()))
          : null;
    } catch (Throwable t) {
      // Unguarded is what the app asked for.
      engine.errors().record("head of okhttp", t);
      return null;
    }
  }

  private static boolean isSentAtOnce(@Nullable RequestBody body) throws IOException {
    if (body == null) {
      return true;
    }
    long length = body.contentLength();
    return length >= 0 && length <= LONGEST_BODY_BYTES;
  }
}
