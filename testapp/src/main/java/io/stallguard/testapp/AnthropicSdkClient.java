package io.stallguard.testapp;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextDelta;

/** Streams through Anthropic's SDK. */
final class AnthropicSdkClient implements StreamingClient {
  private final AnthropicClient client;
  private final String model;

  AnthropicSdkClient(Options options) {
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder().baseUrl(options.baseUrl()).apiKey(options.apiKey());
    if (options.maxRetries() != null) {
      builder.maxRetries(options.maxRetries());
    }
    client = builder.build();
    model = options.model();
  }

  @Override
  public void stream(String prompt, Answer answer) {
    MessageCreateParams params =
        MessageCreateParams.builder()
            .model(model)
            .maxTokens(Provider.MAX_TOKENS)
            .addUserMessage(prompt)
            .build();
    try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params)) {
      events.stream().forEach(event -> answer.event(event.type().asString(), text(event)));
    }
  }

  private static String text(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(block -> block.delta().text())
        .map(TextDelta::text)
        .orElse("");
  }
}
