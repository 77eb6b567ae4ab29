package io.stallguard.testapp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import org.jspecify.annotations.Nullable;

/** Hands on the events of OkHttp's event source, and its end. */
final class OkHttpEvents extends EventSourceListener {
  private final AnswerLines lines;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  OkHttpEvents(AnswerLines lines) {
    this.lines = lines;
  }

  /** Completes when the source is closed or failed. */
  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void onEvent(EventSource source, @Nullable String id, @Nullable String type, String data) {
    lines.event(type, data);
  }

  @Override
  public void onClosed(EventSource source) {
    done.complete(null);
  }

  /** The failure is null where the status is not a success. */
  @Override
  public void onFailure(
      EventSource source, @Nullable Throwable failure, @Nullable Response response) {
    done.completeExceptionally(
        failure == null ? new IOException("Unexpected response " + response) : failure);
  }
}
