package io.stallguard.probes;

import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/** OkHttp with network interceptors of an app's, each form another one. */
final class OkHttpInterceptorsProbe implements Probe {
  private static final long ENOUGH_BYTES = 1 << 20;

  private final OkHttpClient http1 = client(Protocol.HTTP_1_1);
  private final OkHttpClient http2 = client(Protocol.H2_PRIOR_KNOWLEDGE);

  private static OkHttpClient client(Protocol protocol) {
    return new OkHttpClient.Builder()
        .protocols(Collections.singletonList(protocol))
        .readTimeout(0, TimeUnit.SECONDS)
        .build();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    OkHttpClient client =
        (job.http2() ? http2 : http1)
            .newBuilder()
            .addNetworkInterceptor(interceptor(job, received))
            .build();
    RequestBody body = RequestBody.create(MediaType.parse("application/json"), "{}");
    Request request = new Request.Builder().url(job.url()).post(body).build();
    try (Response response = client.newCall(request).execute()) {
      received.head();
      received.readAll(response.body().byteStream());
    }
  }

  private static Interceptor interceptor(Job job, Received received) {
    switch (job.form()) {
      case "none":
        return chain -> chain.proceed(chain.request());
      case "peeks":
        return OkHttpInterceptorsProbe::peeked;
      case "logs":
        return OkHttpInterceptorsProbe::logged;
      case "renames":
        return chain -> named(chain, "text/plain");
      case "names":
        return chain -> named(chain, "text/event-stream");
      case "elsewhere":
        return OkHttpInterceptorsProbe::elsewhere;
      case "holds-all":
        return chain -> held(chain, received.pauseMillis(), Long.MAX_VALUE);
      case "holds-piece":
        return chain -> held(chain, received.pauseMillis(), 0);
      default:
        throw job.unknownForm();
    }
  }

  private static Response peeked(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    response.peekBody(ENOUGH_BYTES);
    return response;
  }

  /** Reads a body as an interceptor does that writes bodies to a log. */
  private static Response logged(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    response.body().source().request(Long.MAX_VALUE);
    return response;
  }

  private static Response named(Interceptor.Chain chain, String type) throws IOException {
    return chain.proceed(chain.request()).newBuilder().header("Content-Type", type).build();
  }

  /** Goes on with another thread. */
  private static Response elsewhere(Interceptor.Chain chain) throws IOException {
    CompletableFuture<Response> response = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(response, chain), "elsewhere");
    thread.setDaemon(true);
    thread.start();
    try {
      return response.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void complete(CompletableFuture<Response> response, Interceptor.Chain chain) {
    try {
      response.complete(chain.proceed(chain.request()));
    } catch (IOException | RuntimeException e) {
      response.completeExceptionally(e);
    }
  }

  /** Is busy with what has come, once that are as many bytes, before it goes on. */
  private static Response held(Interceptor.Chain chain, long pauseMillis, long bytes)
      throws IOException {
    Response response = chain.proceed(chain.request());
    ResponseBody body = response.body();
    BufferedSource held = Okio.buffer(new HoldingSource(body.source(), pauseMillis, bytes));
    return response
        .newBuilder()
        .body(new HeldBody(body.contentType(), body.contentLength(), held))
        .build();
  }

  /** Is slow with its second read. */
  private static final class HoldingSource extends ForwardingSource {
    private final BufferedSource source;
    private final long pauseMillis;
    private final long bytes;
    private int reads;

    HoldingSource(BufferedSource source, long pauseMillis, long bytes) {
      super(source);
      this.source = source;
      this.pauseMillis = pauseMillis;
      this.bytes = bytes;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      reads++;
      if (reads == 2) {
        source.request(bytes);
        try {
          TimeUnit.MILLISECONDS.sleep(pauseMillis);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      return super.read(sink, byteCount);
    }
  }

  /** What an interceptor has put around a body. */
  private static final class HeldBody extends ResponseBody {
    private final MediaType type;
    private final long length;
    private final BufferedSource source;

    HeldBody(MediaType type, long length, BufferedSource source) {
      this.type = type;
      this.length = length;
      this.source = source;
    }

    @Override
    public MediaType contentType() {
      return type;
    }

    @Override
    public long contentLength() {
      return length;
    }

    @Override
    public BufferedSource source() {
      return source;
    }
  }
}
