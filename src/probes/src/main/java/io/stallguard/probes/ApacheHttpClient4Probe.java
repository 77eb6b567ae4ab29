package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.BasicHttpClientConnectionManager;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4.3 to 4.5, as a builder makes it. */
final class ApacheHttpClient4Probe implements Probe, Pooled {
  private static final int MOST_CONNECTIONS = 1000;

  private final PoolingHttpClientConnectionManager pool = pool();
  private final PoolingHttpClientConnectionManager minimalPool = pool();
  private final CloseableHttpClient client =
      HttpClients.custom().setConnectionManager(pool).build();
  private final CloseableHttpClient minimal = HttpClients.createMinimal(minimalPool);

  private final CloseableHttpClient buffering =
      HttpClients.custom()
          .setConnectionManager(pool)
          .setRequestExecutor(new BufferingExecutor4())
          .build();

  private static PoolingHttpClientConnectionManager pool() {
    PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
    pool.setMaxTotal(MOST_CONNECTIONS);
    pool.setDefaultMaxPerRoute(MOST_CONNECTIONS);
    return pool;
  }

  @Override
  public int leased() {
    return pool.getTotalStats().getLeased() + minimalPool.getTotalStats().getLeased();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "blocking":
        read(client, job, received);
        break;
      case "minimal":
        read(minimal, job, received);
        break;
      case "single-connection":
        try (CloseableHttpClient single =
            HttpClients.custom()
                .setConnectionManager(new BasicHttpClientConnectionManager())
                .build()) {
          read(single, job, received);
        }
        break;
      case "buffering-executor":
        read(buffering, job, received);
        break;
      case "write-to":
        try (CloseableHttpResponse response = client.execute(ApacheRequests.of(job))) {
          received.head();
          response.getEntity().writeTo(new ReceivedOutput(received));
        }
        break;
      case "handler":
        String body = client.execute(ApacheRequests.of(job), response -> text(response, received));
        received.add(body);
        break;
      case "close-early":
        closeEarly(job, received);
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static void read(CloseableHttpClient client, Job job, Received received)
      throws IOException {
    try (CloseableHttpResponse response = client.execute(ApacheRequests.of(job))) {
      received.head();
      received.readAll(response.getEntity().getContent());
    }
  }

  private static String text(HttpResponse response, Received received) throws IOException {
    received.head();
    return EntityUtils.toString(response.getEntity());
  }

  /** Gives up after the first piece; the client then reads what is left. */
  private void closeEarly(Job job, Received received) throws IOException {
    try (CloseableHttpResponse response = client.execute(ApacheRequests.of(job))) {
      received.head();
      InputStream content = response.getEntity().getContent();
      byte[] piece = new byte[100];
      received.add(piece, content.read(piece));
      content.close();
    }
  }
}
