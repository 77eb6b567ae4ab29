package io.stallguard.benchmarks.app;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** OkHttp 5. */
final class OkHttp implements Client {
  private final OkHttpClient client = new OkHttpClient();
  private final Request call;
  private final Request stream;

  OkHttp(String base) {
    call = request(base + LoadServer.CALL);
    stream = request(base + LoadServer.STREAM);
  }

  private static Request request(String url) {
    return new Request.Builder()
        .url(url)
        .post(RequestBody.create(QUESTION, MediaType.get(JSON_TYPE)))
        .build();
  }

  @Override
  public int call() throws IOException {
    try (Response response = client.newCall(call).execute()) {
      return response.body().string().length();
    }
  }

  @Override
  public int stream() throws IOException {
    try (Response response = client.newCall(stream).execute()) {
      BufferedSource body = response.body().source();
      int events = 0;
      for (String line = body.readUtf8Line(); line != null; line = body.readUtf8Line()) {
        events += line.startsWith(DATA) ? 1 : 0;
      }
      return events;
    }
  }
}
