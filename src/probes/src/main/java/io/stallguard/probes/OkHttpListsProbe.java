package io.stallguard.probes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.ConnectionSpec;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What an app finds in its own builders and clients of OkHttp. */
final class OkHttpListsProbe implements Probe {
  private static final int BUILDERS = 8;
  private static final int BUILDS = 10_000;

  private final List<Interceptor> application = interceptors();
  private final List<Interceptor> network = interceptors();
  private final OkHttpClient.Builder builder = builder();

  private static List<Interceptor> interceptors() {
    Interceptor first = chain -> chain.proceed(chain.request());
    Interceptor second = chain -> chain.proceed(chain.request());
    return Arrays.asList(first, second);
  }

  /**
   * A builder without TLS, as to find the JVM's trusted certificates takes each client
   * milliseconds.
   */
  private OkHttpClient.Builder builder() {
    OkHttpClient.Builder made =
        new OkHttpClient.Builder()
            .connectionSpecs(Collections.singletonList(ConnectionSpec.CLEARTEXT));
    made.interceptors().addAll(application);
    made.networkInterceptors().addAll(network);
    return made;
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "call":
        call(job, received);
        break;
      case "race":
        race();
        break;
      default:
        throw job.unknownForm();
    }
  }

  private void call(Job job, Received received) throws Exception {
    OkHttpClient client = builder.build();
    try (Response response =
        client.newCall(new Request.Builder().url(job.url()).build()).execute()) {
      received.head();
      received.readAll(response.body().byteStream());
    }
    requireUntouched(client);
    requireUntouched(client.newBuilder().build());
  }

  /** Nobody changes the builder: so any number of threads may build from it. */
  private void race() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(BUILDERS);
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < BUILDERS; i++) {
      ends.add(threads.submit(this::build));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    threads.shutdown();
  }

  private void build() {
    for (int i = 0; i < BUILDS; i++) {
      requireUntouched(builder.build());
    }
  }

  private void requireUntouched(OkHttpClient client) {
    require(application, client.interceptors());
    require(network, client.networkInterceptors());
    require(application, builder.interceptors());
    require(network, builder.networkInterceptors());
  }

  private static void require(List<Interceptor> own, List<Interceptor> found) {
    if (!own.equals(found)) {
      throw new IllegalStateException(found + " in place of " + own);
    }
  }
}
