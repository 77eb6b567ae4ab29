package io.stallguard.probes.sdk;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The AWS SDK's converseStream and invokeModelWithResponseStream. */
public final class BedrockProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    Completion completion = new Completion();
    try (BedrockRuntimeAsyncClient client = client(job.url())) {
      asked(client, job, received)
          .whenComplete(
              (nothing, failure) -> {
                if (failure == null) {
                  completion.complete();
                } else {
                  completion.fail(failure);
                }
              });
      completion.await();
    }
  }

  private static CompletableFuture<Void> asked(
      BedrockRuntimeAsyncClient client, Job job, Received received) {
    return switch (job.form()) {
      case "converse-stream" -> client.converseStream(request(), handler(received));
      case "invoke-model" ->
          client.invokeModelWithResponseStream(invocation(), chunkHandler(received));
      default -> throw job.unknownForm();
    };
  }

  private static InvokeModelWithResponseStreamRequest invocation() {
    return InvokeModelWithResponseStreamRequest.builder()
        .modelId("anthropic.claude-sonnet-4-5")
        .contentType("application/json")
        .body(SdkBytes.fromUtf8String("{}"))
        .build();
  }

  private static InvokeModelWithResponseStreamResponseHandler chunkHandler(Received received) {
    return InvokeModelWithResponseStreamResponseHandler.builder()
        .onResponse(head -> received.head())
        .subscriber(
            InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                .onChunk(chunk -> received.add(TextOf.data(chunk.bytes().asUtf8String())))
                .onDefault(other -> received.add(""))
                .build())
        .build();
  }

  private static BedrockRuntimeAsyncClient client(String url) {
    return BedrockRuntimeAsyncClient.builder()
        .endpointOverride(URI.create(url))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .build();
  }

  private static ConverseStreamRequest request() {
    return ConverseStreamRequest.builder()
        .modelId("anthropic.claude-sonnet-4-5")
        .messages(
            Message.builder()
                .role(ConversationRole.USER)
                .content(ContentBlock.fromText("?"))
                .build())
        .build();
  }

  private static ConverseStreamResponseHandler handler(Received received) {
    return ConverseStreamResponseHandler.builder()
        .onResponse(head -> received.head())
        .subscriber(
            ConverseStreamResponseHandler.Visitor.builder()
                .onContentBlockDelta(delta -> received.add(delta.delta().text()))
                .onDefault(other -> received.add(""))
                .build())
        .build();
  }
}
