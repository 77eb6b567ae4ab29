package io.stallguard.testapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextDeltaEvent;

/** Streams a response of the Responses API through OpenAI's SDK. */
final class OpenAiResponsesSdkClient implements StreamingClient {
  private final OpenAIClient client;
  private final String model;

  OpenAiResponsesSdkClient(Options options) {
    client = OpenAiSdkClient.client(options);
    model = options.model();
  }

  @Override
  public void stream(String prompt, Answer answer) {
    ResponseCreateParams params = ResponseCreateParams.builder().model(model).input(prompt).build();
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(params)) {
      events.stream().forEach(event -> answer.event(name(event), text(event)));
    }
  }

  private static String text(ResponseStreamEvent event) {
    return event.outputTextDelta().map(ResponseTextDeltaEvent::delta).orElse("");
  }

  /** From the JSON, because the SDK has a type for each event but no name. */
  private static String name(ResponseStreamEvent event) {
    return event
        ._json()
        .map(json -> json.convert(JsonNode.class))
        .map(json -> json.path("type").asText())
        .orElse("event");
  }
}
