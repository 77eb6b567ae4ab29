package io.stallguard.probes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import okhttp3.CacheControl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A GET with an OkHttp client of its own. */
public final class OneCall implements Runnable {
  private final String url;
  private final boolean canned;
  private String body = "";

  /**
   * A call that is yet to be made.
   *
   * @param canned whether to take what OkHttp answers where no server may be asked: its threads
   *     would outlive the others by a minute
   */
  public OneCall(String url, boolean canned) {
    this.url = url;
    this.canned = canned;
  }

  @Override
  public void run() {
    OkHttpClient client = new OkHttpClient.Builder().readTimeout(0, TimeUnit.SECONDS).build();
    Request.Builder request = new Request.Builder().url(url);
    if (canned) {
      request.cacheControl(CacheControl.FORCE_CACHE);
    }
    try (Response response = client.newCall(request.build()).execute()) {
      body = response.body().string();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came. */
  @Override
  public String toString() {
    return body;
  }
}
