package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.bootstrap.HttpRequester;
import org.apache.hc.core5.http.impl.bootstrap.RequesterBootstrap;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;

/** The classic Apache HttpClient 5. */
final class ApacheHttpClient5Probe implements Probe, Pooled {
  private static final int MOST_CONNECTIONS = 1000;

  private final PoolingHttpClientConnectionManager pool = pool();
  private final PoolingHttpClientConnectionManager minimalPool = pool();
  private final CloseableHttpClient client =
      HttpClients.custom().setConnectionManager(pool).build();
  private final CloseableHttpClient minimal = HttpClients.createMinimal(minimalPool);
  private final HttpRequester requester =
      RequesterBootstrap.bootstrap()
          .setMaxTotal(MOST_CONNECTIONS)
          .setDefaultMaxPerRoute(MOST_CONNECTIONS)
          .create();

  private static PoolingHttpClientConnectionManager pool() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(MOST_CONNECTIONS)
        .setMaxConnPerRoute(MOST_CONNECTIONS)
        .build();
  }

  @Override
  public int leased() {
    return pool.getTotalStats().getLeased()
        + minimalPool.getTotalStats().getLeased()
        + requester.getTotalStats().getLeased();
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
      case "write-to":
        writeTo(job, received);
        break;
      case "handler":
        String body = client.execute(request(job), response -> text(response, received));
        received.add(body);
        break;
      case "tapped":
        client.execute(request(job), response -> tapped(response, received));
        break;
      case "requester":
        request(job, received);
        break;
      case "close-early":
        closeEarly(job, received);
        break;
      case "trailers":
        trailers(received);
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static ClassicHttpRequest request(Job job) {
    return with(job, new HttpUriRequestBase(job.method(), URI.create(job.url())));
  }

  private static ClassicHttpRequest with(Job job, ClassicHttpRequest request) {
    if (job.method().equals("POST")) {
      request.setEntity(new StringEntity("{}", ContentType.APPLICATION_JSON));
    }
    return request;
  }

  private static void read(CloseableHttpClient client, Job job, Received received)
      throws IOException {
    // With a context: the minimal client of 5.0 fails without.
    try (CloseableHttpResponse response =
        client.execute(request(job), HttpClientContext.create())) {
      received.head();
      received.readAll(response.getEntity().getContent());
    }
  }

  private void writeTo(Job job, Received received) throws IOException {
    try (CloseableHttpResponse response = client.execute(request(job))) {
      received.head();
      response.getEntity().writeTo(new ReceivedOutput(received));
    }
  }

  private static String text(ClassicHttpResponse response, Received received)
      throws HttpException, IOException {
    received.head();
    return EntityUtils.toString(response.getEntity());
  }

  private static String tapped(ClassicHttpResponse response, Received received)
      throws HttpException, IOException {
    received.head();
    return EntityUtils.toString(new TappedEntity5(response.getEntity(), received));
  }

  /** HttpCore alone, with its own pool. */
  private void request(Job job, Received received) throws IOException, HttpException {
    URI url = URI.create(job.url());
    HttpHost host = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    ClassicHttpRequest request = with(job, new BasicClassicHttpRequest(job.method(), url));
    try (ClassicHttpResponse response =
        requester.execute(host, request, Timeout.ofSeconds(30), HttpCoreContext.create())) {
      received.head();
      received.readAll(response.getEntity().getContent());
    }
  }

  /** Gives up after the first piece; the client then reads what is left. */
  private void closeEarly(Job job, Received received) throws IOException {
    try (CloseableHttpResponse response = client.execute(request(job))) {
      received.head();
      InputStream content = response.getEntity().getContent();
      byte[] piece = new byte[100];
      received.add(piece, content.read(piece));
      content.close();
    }
  }

  /** What follows the body of a guarded stream reaches the app. */
  private void trailers(Received received) throws IOException {
    try (TrailerServer server = TrailerServer.start();
        CloseableHttpResponse response =
            client.execute(new HttpUriRequestBase("GET", server.url()))) {
      received.head();
      received.readAll(response.getEntity().getContent());
      String trailers = response.getEntity().getTrailers().get().toString();
      if (!trailers.equals(TrailerServer.TRAILERS)) {
        throw new IllegalStateException("trailers are " + trailers);
      }
    }
  }
}
