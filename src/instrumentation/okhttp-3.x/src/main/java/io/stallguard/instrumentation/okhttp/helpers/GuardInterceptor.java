package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.Exchange;
import io.stallguard.core.Guard;
import java.io.IOException;
import java.util.Locale;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Guards the body of each response that is to be guarded. Any thread. */
final class GuardInterceptor implements Interceptor {
  private static final String HTTP_2 = "HTTP/2";

  private final Engine engine;

  GuardInterceptor(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    try {
      return guarded(chain, response);
    } catch (Throwable t) {
      // The response as it is, unguarded, is what the app asked for.
      engine.errors().record("interceptor of okhttp", t);
      return response;
    }
  }

  private Response guarded(Chain chain, Response response) {
    ResponseBody body = response.body();
    Guard guard = body == null ? null : guard(chain.call(), response);
    return guard == null
        ? response
        : response.newBuilder().body(new GuardedResponseBody(body, guard)).build();
  }

  private @Nullable Guard guard(Call call, Response response) {
    CallAbort abort = new CallAbort(call, engine.callbacks());
    boolean shared = protocol(response).equals(HTTP_2);
    return engine.open(exchange(response), abort, shared ? HeldConnection.laneOf(call) : null);
  }

  private static Exchange exchange(Response response) {
    return request(response.request())
        .response(protocol(response), response.code(), response.header("Content-Type"))
        .encoding(response.header("Content-Encoding"))
        .build();
  }

  static Exchange.Builder request(Request request) {
    HttpUrl url = request.url();
    return Exchange.of("okhttp")
        .request(request.method(), url.scheme(), url.host(), url.port(), url.encodedPath())
        .requestHeaders(request::header);
  }

  /** OkHttp's own names are those of ALPN. */
  private static String protocol(Response response) {
    String name = response.protocol().toString();
    return name.startsWith("h2") ? HTTP_2 : name.toUpperCase(Locale.ROOT);
  }
}
