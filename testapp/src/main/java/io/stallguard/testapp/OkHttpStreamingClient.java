package io.stallguard.testapp;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.sse.EventSources;

/** Streams through OkHttp: a blocking call, a callback, or its server-sent events. */
final class OkHttpStreamingClient implements StreamingClient {
  private static final MediaType JSON = MediaType.get("application/json");

  private final Options options;
  private final OkHttpClient client;

  OkHttpStreamingClient(Options options) {
    this.options = options;
    // The default of 10 s ends answers of models that think, so users of LLM APIs turn it off.
    OkHttpClient.Builder builder = new OkHttpClient.Builder().readTimeout(Duration.ZERO);
    if (options.httpVersion() != null) {
      builder.protocols(protocols(options.httpVersion(), options.baseUrl().startsWith("https:")));
    }
    client = builder.build();
  }

  private static List<Protocol> protocols(HttpVersion version, boolean tls) {
    if (version == HttpVersion.V1_1) {
      return Collections.singletonList(Protocol.HTTP_1_1);
    }
    // OkHttp insists on 1.1 as a fallback with TLS, and on no other version without.
    return tls
        ? Arrays.asList(Protocol.HTTP_2, Protocol.HTTP_1_1)
        : Collections.singletonList(Protocol.H2_PRIOR_KNOWLEDGE);
  }

  @Override
  public void stream(String prompt, Answer answer) throws Exception {
    Request request = request(new ApiRequest(options, prompt));
    AnswerLines lines = new AnswerLines(options.provider(), answer);
    switch (options.form()) {
      case ENQUEUE:
        enqueue(request, lines).get();
        break;
      case SSE:
        serverSentEvents(request, lines).get();
        break;
      default:
        read(client.newCall(request).execute(), lines);
    }
  }

  private static Request request(ApiRequest request) {
    return new Request.Builder()
        .url(request.url())
        .headers(Headers.of(request.headers()))
        .post(RequestBody.create(request.body(), JSON))
        .build();
  }

  private CompletableFuture<Void> enqueue(Request request, AnswerLines lines) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    client
        .newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                try {
                  read(response, lines);
                  done.complete(null);
                } catch (IOException | RuntimeException e) {
                  done.completeExceptionally(e);
                }
              }

              @Override
              public void onFailure(Call call, IOException e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }

  private CompletableFuture<Void> serverSentEvents(Request request, AnswerLines lines) {
    OkHttpEvents events = new OkHttpEvents(lines);
    EventSources.createFactory(client).newEventSource(request, events);
    return events.done();
  }

  private static void read(Response response, AnswerLines lines) throws IOException {
    try (Response open = response) {
      if (!open.isSuccessful()) {
        throw new IOException("Unexpected response " + open);
      }
      lines.readAll(open.body().byteStream());
    }
  }
}
