package io.stallguard.benchmarks.app;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Apache's classic client of version 5. */
final class ApacheHttpClient5 implements Client {
  private final CloseableHttpClient client;
  private final String base;

  ApacheHttpClient5(String base, int connections) {
    this.base = base;
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(connections)
                    .build())
            .build();
  }

  private static HttpPost request(String url) {
    HttpPost post = new HttpPost(url);
    post.setEntity(new StringEntity(QUESTION, ContentType.APPLICATION_JSON));
    return post;
  }

  @Override
  public int call() throws IOException {
    return client.execute(
        request(base + LoadServer.CALL),
        response -> EntityUtils.toString(response.getEntity()).length());
  }

  @Override
  public int stream() throws IOException {
    return client.execute(
        request(base + LoadServer.STREAM),
        response -> Client.events(response.getEntity().getContent()));
  }
}
