package io.stallguard.probes.sdk;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** The streaming chat models of Spring AI 2. */
public final class SpringAiProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    Completion completion = new Completion();
    model(job).stream(new Prompt("?"))
        .subscribe(answer -> received.add(text(answer)), completion::fail, completion::complete);
    completion.await();
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
        .options(
            AnthropicChatOptions.builder()
                .baseUrl(url)
                .apiKey("none")
                .model("claude-sonnet-4-5")
                .build())
        .build();
  }

  private static StreamingChatModel openAi(String url) {
    return OpenAiChatModel.builder()
        .options(
            OpenAiChatOptions.builder().baseUrl(url).apiKey("none").model("gpt-4o-mini").build())
        .build();
  }

  private static StreamingChatModel ollama(String url) {
    return OllamaChatModel.builder()
        .ollamaApi(OllamaApi.builder().baseUrl(url).build())
        .options(OllamaChatOptions.builder().model("llama3.2").build())
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
