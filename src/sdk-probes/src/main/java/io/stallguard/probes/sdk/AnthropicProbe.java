package io.stallguard.probes.sdk;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextDelta;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.util.Optional;

/** anthropic-java, blocking and with callbacks. */
public final class AnthropicProbe implements Probe {
  private static final MessageCreateParams PARAMS =
      MessageCreateParams.builder()
          .model("claude-sonnet-4-5")
          .maxTokens(1024)
          .addUserMessage("?")
          .build();

  @Override
  public void run(Job job, Received received) throws Exception {
    AnthropicClient client =
        AnthropicOkHttpClient.builder().baseUrl(job.url()).apiKey("none").build();
    switch (job.form()) {
      case "sync" -> blocking(client, received);
      case "async" -> async(client, received);
      default -> throw job.unknownForm();
    }
  }

  private static void blocking(AnthropicClient client, Received received) {
    try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(PARAMS)) {
      events.stream().forEach(event -> received.add(text(event)));
    }
  }

  private static void async(AnthropicClient client, Received received) throws Exception {
    Completion completion = new Completion();
    AsyncStreamResponse<RawMessageStreamEvent> unused =
        client
            .async()
            .messages()
            .createStreaming(PARAMS)
            .subscribe(
                new AsyncStreamResponse.Handler<>() {
                  @Override
                  public void onNext(RawMessageStreamEvent event) {
                    received.add(text(event));
                  }

                  @Override
                  public void onComplete(Optional<Throwable> error) {
                    completion.end(error);
                  }
                });
    completion.await();
  }

  private static String text(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(block -> block.delta().text())
        .map(TextDelta::text)
        .orElse("");
  }
}
