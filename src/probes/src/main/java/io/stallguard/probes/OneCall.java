package io.stallguard.probes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** One GET with an OkHttp client of its own. */
public final class OneCall implements Runnable {
  private final String url;
  private final boolean canned;
  private String body = "";

  /**
   * A call that is yet to be made.
   *
   * @param canned whether to take an answer that no server gave: threads of OkHttp would outlive
   *     the others by a minute
   */
  public OneCall(String url, boolean canned) {
    this.url = url;
    this.canned = canned;
  }

  @Override
  public void run() {
    OkHttpClient.Builder builder = new OkHttpClient.Builder().readTimeout(0, TimeUnit.SECONDS);
    if (canned) {
      builder.addInterceptor(OneCall::answer);
    }
    Request request = new Request.Builder().url(url).build();
    try (Response response = builder.build().newCall(request).execute()) {
      body = response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response answer(Interceptor.Chain chain) {
    MediaType type = MediaType.parse("text/event-stream");
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("OK")
        .header("Content-Type", "text/event-stream")
        .body(ResponseBody.create(type, "data: canned\n\n"))
        .build();
  }

  /** What came. */
  @Override
  public String toString() {
    return body;
  }
}
