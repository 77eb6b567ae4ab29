package io.stallguard.probes;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;

/** OkHttp 3.11 to 5.x. */
final class OkHttpProbe implements Probe, Pooled {
  private static final int BUFFER_BYTES = 8192;

  private final OkHttpClient http1 = client(Collections.singletonList(Protocol.HTTP_1_1));
  private final OkHttpClient http2 = client(Arrays.asList(Protocol.HTTP_2, Protocol.HTTP_1_1));
  private final OkHttpClient priorKnowledge =
      client(Collections.singletonList(Protocol.H2_PRIOR_KNOWLEDGE));

  /** A client whose own limits are off, so that the agent's come first. */
  private static OkHttpClient client(List<Protocol> protocols) {
    OkHttpClient client =
        new OkHttpClient.Builder().protocols(protocols).readTimeout(0, TimeUnit.SECONDS).build();
    client.dispatcher().setMaxRequests(1000);
    client.dispatcher().setMaxRequestsPerHost(1000);
    return client;
  }

  private OkHttpClient client(Job job) {
    if (!job.http2()) {
      return http1;
    }
    return job.url().startsWith("https") ? http2 : priorKnowledge;
  }

  @Override
  public int leased() {
    return leased(http1) + leased(http2) + leased(priorKnowledge);
  }

  private static int leased(OkHttpClient client) {
    return client.connectionPool().connectionCount()
        - client.connectionPool().idleConnectionCount();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "blocking":
        try (Response response = call(job).execute()) {
          read(response, received);
        }
        break;
      case "byte-stream":
        try (Response response = call(job).execute()) {
          received.head();
          received.readAll(response.body().byteStream());
        }
        break;
      case "string":
        try (Response response = call(job).execute()) {
          received.head();
          received.add(response.body().string());
        }
        break;
      case "peeked":
        try (Response response = call(job).execute()) {
          peek(response, received);
        }
        break;
      case "enqueue":
        await(enqueue(job, received));
        break;
      case "sse":
        await(events(job, received));
        break;
      case "upload":
        call(job, new EndlessBody()).execute().close();
        break;
      case "websocket":
        await(echo(job, received));
        break;
      default:
        throw job.unknownForm();
    }
  }

  private Call call(Job job) {
    return client(job).newCall(request(job));
  }

  private Call call(Job job, RequestBody body) {
    return client(job).newCall(new Request.Builder().url(job.url()).post(body).build());
  }

  private static Request request(Job job) {
    RequestBody body =
        job.method().equals("POST")
            ? RequestBody.create(MediaType.parse("application/json"), "{}")
            : null;
    return new Request.Builder().url(job.url()).method(job.method(), body).build();
  }

  /** Looks at each piece before it asks for the whole. */
  private static void peek(Response response, Received received) throws IOException {
    received.head();
    BufferedSource source = response.body().source();
    long seen = 0;
    while (source.request(seen + 1)) {
      byte[] piece = source.buffer().snapshot().substring((int) seen).toByteArray();
      received.add(piece, piece.length);
      seen += piece.length;
    }
    response.body().string();
  }

  private static void read(Response response, Received received) throws IOException {
    received.head();
    BufferedSource source = response.body().source();
    Buffer buffer = new Buffer();
    while (source.read(buffer, BUFFER_BYTES) >= 0) {
      byte[] bytes = buffer.readByteArray();
      received.add(bytes, bytes.length);
      received.pause();
    }
  }

  private CompletableFuture<Void> enqueue(Job job, Received received) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    call(job)
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                done.completeExceptionally(e);
                received.told();
              }

              @Override
              public void onResponse(Call call, Response response) {
                try (Response closing = response) {
                  read(closing, received);
                  done.complete(null);
                } catch (IOException | RuntimeException e) {
                  done.completeExceptionally(e);
                  received.told();
                }
              }
            });
    return done;
  }

  /** Each event counts as its data: the listener does not see more. */
  private CompletableFuture<Void> events(Job job, Received received) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    EventSources.createFactory(client(job))
        .newEventSource(
            request(job),
            new EventSourceListener() {
              @Override
              public void onOpen(EventSource source, Response response) {
                received.head();
              }

              @Override
              public void onEvent(EventSource source, String id, String type, String data) {
                received.add(data);
                received.pause();
              }

              @Override
              public void onClosed(EventSource source) {
                done.complete(null);
              }

              @Override
              public void onFailure(EventSource source, Throwable t, Response response) {
                done.completeExceptionally(
                    t != null ? t : new IOException("failed with " + response));
                received.told();
              }
            });
    return done;
  }

  private CompletableFuture<Void> echo(Job job, Received received) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    WebSocket socket =
        http1.newWebSocket(
            new Request.Builder().url(job.url()).build(),
            new WebSocketListener() {
              @Override
              public void onMessage(WebSocket webSocket, String text) {
                received.add(text);
                done.complete(null);
              }

              @Override
              public void onFailure(WebSocket webSocket, Throwable t, Response response) {
                done.completeExceptionally(t);
              }
            });
    socket.send("hello");
    return done.whenComplete((nothing, failure) -> socket.close(1000, null));
  }

  private static void await(CompletableFuture<Void> done) throws Exception {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }

  /** A request that never ends. */
  private static final class EndlessBody extends RequestBody {
    @Override
    public MediaType contentType() {
      return MediaType.parse("application/octet-stream");
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      while (true) {
        sink.write(Endless.next());
        sink.flush();
      }
    }
  }
}
