package io.stallguard.probes.sdk;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Streaming;
import retrofit2.http.Url;

/** Retrofit with a streaming response body, blocking and with a callback. */
public final class RetrofitProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    Call<ResponseBody> call =
        new Retrofit.Builder()
            .baseUrl("http://127.0.0.1/").build().create(Answers.class).stream(
                job.url(), RequestBody.create("{}", MediaType.get("application/json")));
    switch (job.form()) {
      case "execute" -> read(call.execute(), received);
      case "enqueue" -> enqueue(call, received);
      default -> throw job.unknownForm();
    }
  }

  private static void enqueue(Call<ResponseBody> call, Received received) throws Exception {
    Completion completion = new Completion();
    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
            try {
              read(response, received);
              completion.complete();
            } catch (IOException e) {
              completion.fail(e);
            }
          }

          @Override
          public void onFailure(Call<ResponseBody> call, Throwable failure) {
            completion.fail(failure);
          }
        });
    completion.await();
  }

  private static void read(Response<ResponseBody> response, Received received) throws IOException {
    ResponseBody present = response.body();
    if (present == null) {
      throw new IOException("failed with " + response);
    }
    try (ResponseBody body = present) {
      received.head();
      received.readAll(body.byteStream());
    }
  }

  /** An API with one method. */
  interface Answers {
    @Streaming
    @POST
    Call<ResponseBody> stream(@Url String url, @Body RequestBody body);
  }
}
