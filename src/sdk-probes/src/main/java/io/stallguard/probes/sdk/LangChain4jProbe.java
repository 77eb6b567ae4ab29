package io.stallguard.probes.sdk;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;

/** The streaming chat models of langchain4j, with the HTTP client that they bring. */
public final class LangChain4jProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    Completion completion = new Completion();
    model(job)
        .chat(
            "?",
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String text) {
                received.add(text);
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                completion.complete();
              }

              @Override
              public void onError(Throwable error) {
                completion.fail(error);
              }
            });
    completion.await();
  }

  private static StreamingChatModel model(Job job) {
    return switch (job.form()) {
      case "anthropic" ->
          AnthropicStreamingChatModel.builder()
              .baseUrl(job.url())
              .apiKey("none")
              .modelName("claude-sonnet-4-5")
              .build();
      case "open-ai" ->
          OpenAiStreamingChatModel.builder()
              .baseUrl(job.url())
              .apiKey("none")
              .modelName("gpt-4o-mini")
              .build();
      case "ollama" ->
          OllamaStreamingChatModel.builder().baseUrl(job.url()).modelName("llama3.2").build();
      case "mistral-ai" ->
          MistralAiStreamingChatModel.builder()
              .baseUrl(job.url())
              .apiKey("none")
              .modelName("mistral-small-latest")
              .build();
      case "google-ai-gemini" ->
          GoogleAiGeminiStreamingChatModel.builder()
              .baseUrl(job.url())
              .apiKey("none")
              .modelName("gemini-2.5-flash")
              .build();
      default -> throw job.unknownForm();
    };
  }
}
