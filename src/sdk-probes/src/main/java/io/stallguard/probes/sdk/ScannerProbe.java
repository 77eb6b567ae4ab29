package io.stallguard.probes.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Scanner;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.HttpClients;

/** A {@code Scanner} over the body of the client that the form names: keeps failures to itself. */
public final class ScannerProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    URI target = URI.create(job.url());
    InputStream body =
        switch (job.form()) {
          case "url-connection" -> urlConnection(target);
          case "java-http-client" -> javaHttpClient(target);
          case "okhttp" -> okHttp(target);
          case "http-components-5" -> httpComponents5(target);
          case "http-components-4" -> httpComponents4(target);
          default -> throw job.unknownForm();
        };
    received.head();
    try (Scanner scanner = new Scanner(body, UTF_8)) {
      while (scanner.hasNextLine()) {
        received.add(scanner.nextLine() + "\n");
      }
    }
  }

  private static InputStream urlConnection(URI target) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.getOutputStream().write('1');
    return connection.getInputStream();
  }

  private static InputStream javaHttpClient(URI target) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body();
  }

  private static InputStream okHttp(URI target) throws IOException {
    Request request =
        new Request.Builder()
            .url(target.toString())
            .post(RequestBody.create(new byte[] {'1'}, null))
            .build();
    return new OkHttpClient().newCall(request).execute().body().byteStream();
  }

  private static InputStream httpComponents5(URI target) throws IOException {
    return HttpClients.createDefault()
        .executeOpen(null, new HttpPost(target), null)
        .getEntity()
        .getContent();
  }

  private static InputStream httpComponents4(URI target) throws IOException {
    return org.apache.http.impl.client.HttpClients.createDefault()
        .execute(new org.apache.http.client.methods.HttpPost(target))
        .getEntity()
        .getContent();
  }
}
