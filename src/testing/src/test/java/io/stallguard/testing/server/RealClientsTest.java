package io.stallguard.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.ChatModel;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputText;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether the SDKs of the providers take the wire formats for real. */
@Timeout(120)
class RealClientsTest {

  /** The first six pieces of text. */
  private static final String TEXT = "The naïve stream 世界 goes on 🙂 ";

  private static StallServer server;

  @BeforeAll
  static void start() {
    server = StallServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anthropicReadsAWholeMessage() {
    var client = AnthropicOkHttpClient.builder().apiKey("none").baseUrl(base()).build();
    var params =
        MessageCreateParams.builder()
            .model("claude-sonnet-4-5")
            .maxTokens(10)
            .addUserMessage("?")
            .build();
    var message = MessageAccumulator.create();

    try (var events = client.messages().createStreaming(params)) {
      events.stream().forEach(event -> message.accumulate(event.validate()));
    }

    assertThat(message.message().content().get(0).asText().text()).isEqualTo(TEXT);
    assertThat(message.message().stopReason().orElseThrow().asString()).isEqualTo("end_turn");
  }

  @Test
  void openAiReadsAWholeChatCompletion() {
    var params =
        ChatCompletionCreateParams.builder()
            .model(ChatModel.GPT_4O_MINI)
            .addUserMessage("?")
            .build();
    var completion = ChatCompletionAccumulator.create();

    try (var chunks = openAi().chat().completions().createStreaming(params)) {
      chunks.stream().forEach(chunk -> completion.accumulate(chunk.validate()));
    }

    assertThat(completion.chatCompletion().choices().get(0).message().content()).contains(TEXT);
  }

  @Test
  void openAiReadsAWholeResponse() {
    var params = ResponseCreateParams.builder().model(ChatModel.GPT_4O_MINI).input("?").build();
    var response = ResponseAccumulator.create();

    try (var events = openAi().responses().createStreaming(params)) {
      events.stream().forEach(event -> response.accumulate(event.validate()));
    }

    String text =
        response.response().validate().output().get(0).asMessage().content().stream()
            .flatMap(content -> content.outputText().stream())
            .map(ResponseOutputText::text)
            .collect(Collectors.joining());
    assertThat(text).isEqualTo(TEXT);
  }

  @Test
  void geminiReadsAWholeAnswer() {
    try (Client client =
            Client.builder()
                .apiKey("none")
                .httpOptions(HttpOptions.builder().baseUrl(base()).build())
                .build();
        var chunks = client.models.generateContentStream("gemini-2.5-flash", "?", null)) {
      String text =
          StreamSupport.stream(chunks.spliterator(), false)
              .map(GenerateContentResponse::text)
              .collect(Collectors.joining());

      assertThat(text).isEqualTo(TEXT);
    }
  }

  @Test
  void ollamaReadsAWholeChat() throws Exception {
    var model = OllamaStreamingChatModel.builder().baseUrl(base()).modelName("llama3.2").build();
    var whole = new CompletableFuture<ChatResponse>();

    model.chat("?", handler(whole));

    assertThat(whole.get(60, TimeUnit.SECONDS).aiMessage().text()).isEqualTo(TEXT);
  }

  private static StreamingChatResponseHandler handler(CompletableFuture<ChatResponse> whole) {
    return new StreamingChatResponseHandler() {
      @Override
      public void onPartialResponse(String text) {}

      @Override
      public void onCompleteResponse(ChatResponse response) {
        whole.complete(response);
      }

      @Override
      public void onError(Throwable error) {
        whole.completeExceptionally(error);
      }
    };
  }

  private static OpenAIClient openAi() {
    return OpenAIOkHttpClient.builder().apiKey("none").baseUrl(base() + "/v1").build();
  }

  private static String base() {
    return server.base(Port.CLEAR, Scenario.OK, "events=6").toString();
  }
}
