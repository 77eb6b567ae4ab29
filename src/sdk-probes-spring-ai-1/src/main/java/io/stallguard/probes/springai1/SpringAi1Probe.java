package io.stallguard.probes.springai1;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;

/** The streaming chat models of Spring AI 1, over WebClient. */
public final class SpringAi1Probe implements Probe {

  @Override
  public void run(Job job, Received received) {
    for (ChatResponse answer : model(job).stream(new Prompt("?")).toIterable()) {
      received.add(text(answer));
    }
  }

  private static StreamingChatModel model(Job job) {
    return switch (job.form()) {
      case "anthropic" -> anthropic(job.url());
      case "openai" -> openAi(job.url());
      case "ollama" -> ollama(job.url());
      default -> throw job.unknownForm();
    };
  }

  private static StreamingChatModel anthropic(String url) {
    return AnthropicChatModel.builder()
        .anthropicApi(AnthropicApi.builder().baseUrl(url).apiKey("none").build())
        .defaultOptions(AnthropicChatOptions.builder().model("claude-sonnet-4-5").build())
        .build();
  }

  private static StreamingChatModel openAi(String url) {
    return OpenAiChatModel.builder()
        .openAiApi(OpenAiApi.builder().baseUrl(url).apiKey("none").build())
        .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").build())
        .build();
  }

  private static StreamingChatModel ollama(String url) {
    return OllamaChatModel.builder()
        .ollamaApi(OllamaApi.builder().baseUrl(url).build())
        .defaultOptions(OllamaChatOptions.builder().model("llama3.2").build())
        .build();
  }

  private static String text(ChatResponse answer) {
    if (answer.getResult() == null) {
      return "";
    }
    String text = answer.getResult().getOutput().getText();
    return text == null ? "" : text;
  }
}
