package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import org.apache.commons.httpclient.HttpClient;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.MultiThreadedHttpConnectionManager;
import org.apache.commons.httpclient.methods.GetMethod;
import org.apache.commons.httpclient.methods.PostMethod;
import org.apache.commons.httpclient.methods.StringRequestEntity;

/** Commons HttpClient 3.1, which has no module of its own: what the socket layer is for. */
final class CommonsHttpClientProbe implements Probe, Pooled {
  private static final int MOST_CONNECTIONS = 1000;

  private final MultiThreadedHttpConnectionManager pool = new MultiThreadedHttpConnectionManager();
  private final HttpClient client = new HttpClient(pool);

  CommonsHttpClientProbe() {
    pool.getParams().setMaxTotalConnections(MOST_CONNECTIONS);
    pool.getParams().setDefaultMaxConnectionsPerHost(MOST_CONNECTIONS);
  }

  /** Those in the pool are not told apart from those in use: none that is left may be open. */
  @Override
  public int leased() {
    pool.closeIdleConnections(0);
    pool.deleteClosedConnections();
    return pool.getConnectionsInPool();
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    if (!job.form().equals("blocking")) {
      throw job.unknownForm();
    }
    HttpMethod method = method(job);
    try {
      client.executeMethod(method);
      received.head();
      InputStream body = method.getResponseBodyAsStream();
      received.readAll(body);
    } catch (IOException | RuntimeException e) {
      // Else it would read to the end of a stream that has failed.
      method.abort();
      throw e;
    } finally {
      method.releaseConnection();
    }
  }

  private static HttpMethod method(Job job) throws UnsupportedEncodingException {
    if (!job.method().equals("POST")) {
      return new GetMethod(job.url());
    }
    PostMethod post = new PostMethod(job.url());
    post.setRequestEntity(new StringRequestEntity("{}", "application/json", "UTF-8"));
    return post;
  }
}
