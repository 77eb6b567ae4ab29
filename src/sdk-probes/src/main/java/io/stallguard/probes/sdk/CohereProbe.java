package io.stallguard.probes.sdk;

import com.cohere.api.Cohere;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.ChatContentDeltaEvent;
import com.cohere.api.types.ChatContentDeltaEventDelta;
import com.cohere.api.types.ChatContentDeltaEventDeltaMessage;
import com.cohere.api.types.ChatContentDeltaEventDeltaMessageContent;
import com.cohere.api.types.ChatMessageV2;
import com.cohere.api.types.UserMessageV2;
import com.cohere.api.types.UserMessageV2Content;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.util.List;

/** cohere-java, second version of the chat. */
public final class CohereProbe implements Probe {

  @Override
  public void run(Job job, Received received) {
    Cohere client = Cohere.builder().token("none").url(job.url()).build();
    UserMessageV2 question = UserMessageV2.builder().content(UserMessageV2Content.of("?")).build();
    V2ChatStreamRequest request =
        V2ChatStreamRequest.builder()
            .model("command-a-03-2025")
            .messages(List.of(ChatMessageV2.user(question)))
            .build();
    for (V2ChatStreamResponse event : client.v2().chatStream(request)) {
      received.add(text(event));
    }
  }

  private static String text(V2ChatStreamResponse event) {
    return event
        .getContentDelta()
        .flatMap(ChatContentDeltaEvent::getDelta)
        .flatMap(ChatContentDeltaEventDelta::getMessage)
        .flatMap(ChatContentDeltaEventDeltaMessage::getContent)
        .flatMap(ChatContentDeltaEventDeltaMessageContent::getText)
        .orElse("");
  }
}
