package io.stallguard.probes.sdk;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.util.concurrent.ExecutionException;

/** google-genai, blocking and through its futures. */
public final class GoogleGenAiProbe implements Probe {
  private static final String MODEL = "gemini-2.5-flash";

  @Override
  public void run(Job job, Received received) throws Exception {
    HttpOptions options = HttpOptions.builder().baseUrl(job.url()).build();
    try (Client client = Client.builder().apiKey("none").httpOptions(options).build();
        ResponseStream<GenerateContentResponse> answer = open(client, job)) {
      received.head();
      for (GenerateContentResponse response : answer) {
        String text = response.text();
        received.add(text == null ? "" : text);
      }
    }
  }

  private static ResponseStream<GenerateContentResponse> open(Client client, Job job)
      throws Exception {
    return switch (job.form()) {
      case "sync" -> client.models.generateContentStream(MODEL, "?", null);
      case "async" -> opened(client);
      default -> throw job.unknownForm();
    };
  }

  private static ResponseStream<GenerateContentResponse> opened(Client client) throws Exception {
    try {
      return client.async.models.generateContentStream(MODEL, "?", null).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }
}
