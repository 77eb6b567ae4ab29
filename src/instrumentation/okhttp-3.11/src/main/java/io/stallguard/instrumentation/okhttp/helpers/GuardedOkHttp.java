package io.stallguard.instrumentation.okhttp.helpers;

import io.stallguard.core.Engine;
import io.stallguard.core.engine.Claim;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.words.Exchange;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Guards the calls of all clients: their waits for heads, and the bodies of responses. Any thread.
 */
public final class GuardedOkHttp implements Function<Object[], Object> {
  /**
   * How long the body of a request may be: one of this size is sent in no time, a longer one may
   * take its time.
   */
  private static final long LONGEST_BODY_BYTES = 1 << 20;

  /** The header that only the request of a WebSocket has. */
  private static final String WEB_SOCKET = "Sec-WebSocket-Key";

  private static final String HTTP_2 = "HTTP/2";

  /** The status from which on OkHttp may answer a response by a request of its own. */
  private static final int FIRST_FOLLOWED_STATUS = 300;

  private final Engine engine;
  private final WireBodies bodies = new WireBodies();

  /** Made once for each copy of OkHttp. */
  public GuardedOkHttp(Engine engine) {
    this.engine = engine;
    ConnectionWindow.prepare();
  }

  @Override
  public @Nullable Object apply(Object[] arguments) {
    switch ((String) arguments[1]) {
      case "begin":
        return Claim.begin();
      case "head":
        return wait((Interceptor.Chain) arguments[0]);
      case "received":
        return received(((Interceptor.Chain) arguments[0]).call(), (Response) arguments[2]);
      case "response":
        return passedOn(((Interceptor.Chain) arguments[0]).call(), (Response) arguments[2]);
      case "whole":
        ((GuardedResponseBody) arguments[0]).collected();
        return null;
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  private @Nullable AwaitedHead wait(Interceptor.Chain chain) {
    Request request = chain.request();
    if (request.header(WEB_SOCKET) != null || !isSentAtOnce(request.body())) {
      return null;
    }
    Guard guard =
        engine.awaitHead(
            request(request).build(),
            CallAbort.beforeHead(chain.call(), engine.callbacks()),
            HeldConnection.laneOf(chain.call()));
    return guard == null ? null : AwaitedHead.begin(guard);
  }

  private static boolean isSentAtOnce(@Nullable RequestBody body) {
    if (body == null) {
      return true;
    }
    try {
      long length = body.contentLength();
      return length >= 0 && length <= LONGEST_BODY_BYTES;
    } catch (IOException | RuntimeException e) {
      // Code of the app: OkHttp asks it as well, and tells.
      return false;
    }
  }

  /** Guards a response as the server has sent it, before an interceptor of the app's gets it. */
  private Response received(Call call, Response response) {
    GuardedResponseBody guarded = opened(call, response);
    bodies.put(call, new WireBody(response, guarded));
    return with(response, guarded);
  }

  /**
   * Guards a response as the app's innermost interceptor gets it, with all that was made of it on
   * the way.
   */
  private Response passedOn(Call call, Response response) {
    WireBody wire = bodies.take(call);
    return with(
        response,
        wire != null && wire.isOf(response) ? wire.above(response) : opened(call, response));
  }

  private static Response with(Response response, @Nullable ResponseBody body) {
    return body == null ? response : response.newBuilder().body(body).build();
  }

  /** The guarded body of a response; null if there is none, or it is to be left as it is. */
  private @Nullable GuardedResponseBody opened(Call call, Response response) {
    ResponseBody body = response.body();
    if (body == null) {
      return null;
    }
    boolean shared = protocol(response).equals(HTTP_2);
    boolean alone = !shared && response.code() < FIRST_FOLLOWED_STATUS;
    CallAbort abort = CallAbort.ofBody(call, engine.callbacks(), alone, shared);
    Guard guard =
        engine.open(exchange(response), abort, shared ? HeldConnection.laneOf(call) : null);
    return guard == null ? null : GuardedResponseBody.of(body, guard);
  }

  private static Exchange exchange(Response response) {
    return request(response.request())
        .response(protocol(response), response.code(), response.header("Content-Type"))
        .encoding(response.header("Content-Encoding"))
        .build();
  }

  private static Exchange.Builder request(Request request) {
    HttpUrl url = request.url();
    return Exchange.of("okhttp")
        .request(request.method(), url.scheme(), url.host(), url.port(), url.encodedPath())
        .requestHeaders(request::header);
  }

  /** The name of the protocol, as OkHttp's own are those of ALPN. */
  private static String protocol(Response response) {
    String name = response.protocol().toString();
    return name.startsWith("h2") ? HTTP_2 : name.toUpperCase(Locale.ROOT);
  }
}
