package io.stallguard.probes.sdk;

import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.credential.AzureKeyCredential;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.util.List;

/** azure-ai-openai, blocking and reactive. */
public final class AzureOpenAiProbe implements Probe {
  private static final String MODEL = "gpt-4o-mini";

  @Override
  public void run(Job job, Received received) throws Exception {
    OpenAIClientBuilder builder =
        new OpenAIClientBuilder().endpoint(job.url()).credential(new AzureKeyCredential("none"));
    ChatCompletionsOptions question =
        new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("?")));
    switch (job.form()) {
      case "sync" ->
          builder
              .buildClient()
              .getChatCompletionsStream(MODEL, question)
              .forEach(chunk -> received.add(text(chunk)));
      case "async" -> {
        Completion completion = new Completion();
        builder
            .buildAsyncClient()
            .getChatCompletionsStream(MODEL, question)
            .subscribe(chunk -> received.add(text(chunk)), completion::fail, completion::complete);
        completion.await();
      }
      default -> throw job.unknownForm();
    }
  }

  private static String text(ChatCompletions chunk) {
    StringBuilder text = new StringBuilder();
    chunk
        .getChoices()
        .forEach(
            choice -> {
              String content = choice.getDelta() == null ? null : choice.getDelta().getContent();
              text.append(content == null ? "" : content);
            });
    return text.toString();
  }
}
