package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Clients that give a silent stream up by themselves: by a timeout, a cancel or a close. */
final class GivingUpProbe implements Probe {
  private static final int PATIENCE_MILLIS = 3_500;

  private final OkHttpClient okHttp =
      new OkHttpClient.Builder().readTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).build();
  private final OkHttpClient patientOkHttp =
      new OkHttpClient.Builder().readTimeout(0, TimeUnit.SECONDS).build();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "url-timeout":
        readUrl(job, received);
        break;
      case "okhttp-timeout":
        read(call(okHttp, job), received);
        break;
      case "okhttp-cancel":
        Call call = call(patientOkHttp, job);
        later(call::cancel);
        read(call, received);
        break;
      case "http-cancel":
        CompletableFuture<HttpResponse<String>> answer =
            http.sendAsync(request(job), BodyHandlers.ofString());
        later(() -> answer.cancel(true));
        received.add(answer.get().body());
        break;
      case "http-close":
        readUntilClosed(job, received);
        break;
      case "http-interrupt":
        Thread reader = Thread.currentThread();
        later(reader::interrupt);
        received.add(http.send(request(job), BodyHandlers.ofString()).body());
        break;
      default:
        throw job.unknownForm();
    }
  }

  /** The time of a client's own runs from about when the stream becomes silent. */
  private static void later(Runnable task) {
    CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).execute(task);
  }

  private static void readUrl(Job job, Received received) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(job.url()).toURL().openConnection();
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
    try (InputStream in = connection.getInputStream()) {
      received.head();
      received.readAll(in);
    } finally {
      connection.disconnect();
    }
  }

  private static Call call(OkHttpClient client, Job job) {
    RequestBody body = RequestBody.create(MediaType.parse("application/json"), "{}");
    return client.newCall(new Request.Builder().url(job.url()).post(body).build());
  }

  private static void read(Call call, Received received) throws IOException {
    try (Response response = call.execute()) {
      received.head();
      received.readAll(response.body().byteStream());
    }
  }

  private static HttpRequest request(Job job) {
    return HttpRequest.newBuilder(URI.create(job.url()))
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
  }

  private void readUntilClosed(Job job, Received received) throws Exception {
    InputStream in = http.send(request(job), BodyHandlers.ofInputStream()).body();
    later(
        () -> {
          try {
            in.close();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    received.head();
    received.readAll(in);
  }
}
