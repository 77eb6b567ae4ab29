package io.stallguard.testapp;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/** Streams a chat completion through OpenAI's SDK. */
final class OpenAiSdkClient implements StreamingClient {
  private final OpenAIClient client;
  private final String model;

  OpenAiSdkClient(Options options) {
    client = client(options);
    model = options.model();
  }

  static OpenAIClient client(Options options) {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().baseUrl(options.baseUrl()).apiKey(options.apiKey());
    if (options.maxRetries() != null) {
      builder.maxRetries(options.maxRetries());
    }
    return builder.build();
  }

  @Override
  public void stream(String prompt, Answer answer) {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder().model(model).addUserMessage(prompt).build();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params)) {
      chunks.stream().forEach(chunk -> answer.event("chunk", text(chunk)));
    }
  }

  /** The last chunk may have no choices, only the usage. */
  private static String text(ChatCompletionChunk chunk) {
    return chunk.choices().stream()
        .findFirst()
        .flatMap(choice -> choice.delta().content())
        .orElse("");
  }
}
