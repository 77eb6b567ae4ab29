package io.stallguard.probes.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.ChatModel;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextDeltaEvent;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** openai-java: chat completions and responses, blocking and with callbacks. */
public final class OpenAiProbe implements Probe {
  private static final ChatCompletionCreateParams CHAT =
      ChatCompletionCreateParams.builder().model(ChatModel.GPT_4O_MINI).addUserMessage("?").build();
  private static final ResponseCreateParams RESPONSE =
      ResponseCreateParams.builder().model(ChatModel.GPT_4O_MINI).input("?").build();

  @Override
  public void run(Job job, Received received) throws Exception {
    OpenAIClient client = OpenAIOkHttpClient.builder().baseUrl(job.url()).apiKey("none").build();
    switch (job.form()) {
      case "chat" ->
          read(client.chat().completions().createStreaming(CHAT), OpenAiProbe::chatText, received);
      case "chat-whole" ->
          client.chat().completions().create(CHAT).choices().stream()
              .flatMap(choice -> choice.message().content().stream())
              .forEach(received::add);
      case "chat-async" ->
          subscribe(
              client.async().chat().completions().createStreaming(CHAT),
              OpenAiProbe::chatText,
              received);
      case "responses" ->
          read(client.responses().createStreaming(RESPONSE), OpenAiProbe::responseText, received);
      case "responses-async" ->
          subscribe(
              client.async().responses().createStreaming(RESPONSE),
              OpenAiProbe::responseText,
              received);
      default -> throw job.unknownForm();
    }
  }

  private static <T> void read(
      StreamResponse<T> answer, Function<T, String> text, Received received) {
    try (StreamResponse<T> closing = answer) {
      closing.stream().forEach(event -> received.add(text.apply(event)));
    }
  }

  private static <T> void subscribe(
      AsyncStreamResponse<T> answer, Function<T, String> text, Received received) throws Exception {
    Completion completion = new Completion();
    AsyncStreamResponse<T> unused =
        answer.subscribe(
            new AsyncStreamResponse.Handler<>() {
              @Override
              public void onNext(T event) {
                received.add(text.apply(event));
              }

              @Override
              public void onComplete(Optional<Throwable> error) {
                completion.end(error);
              }
            });
    completion.await();
  }

  private static String chatText(ChatCompletionChunk chunk) {
    return chunk.choices().stream()
        .map(choice -> choice.delta().content().orElse(""))
        .collect(Collectors.joining());
  }

  private static String responseText(ResponseStreamEvent event) {
    return event.outputTextDelta().map(ResponseTextDeltaEvent::delta).orElse("");
  }
}
