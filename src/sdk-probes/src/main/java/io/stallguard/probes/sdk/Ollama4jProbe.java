package io.stallguard.probes.sdk;

import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.chat.OllamaChatMessage;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;

/** ollama4j's chat with a handler of tokens. */
public final class Ollama4jProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    OllamaChatRequest request =
        OllamaChatRequest.builder()
            .withModel("llama3.2")
            .withMessage(OllamaChatMessageRole.USER, "?")
            .build();
    new Ollama(job.url())
        .chat(
            request,
            token -> {
              OllamaChatMessage message = token.getMessage();
              received.add(message == null ? "" : message.getResponse());
            });
  }
}
