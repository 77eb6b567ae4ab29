package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.HttpClient;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.conn.params.ConnManagerParams;
import org.apache.http.conn.params.ConnPerRouteBean;
import org.apache.http.conn.scheme.PlainSocketFactory;
import org.apache.http.conn.scheme.Scheme;
import org.apache.http.conn.scheme.SchemeRegistry;
import org.apache.http.conn.ssl.SSLSocketFactory;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.conn.tsccm.ThreadSafeClientConnManager;
import org.apache.http.params.BasicHttpParams;
import org.apache.http.params.HttpParams;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4.0 to 4.5, as it was used before there were builders. */
final class LegacyApacheHttpClientProbe implements Probe {
  /** The size of the pool, which does not count what is in use: a test that leaks more hangs. */
  private static final int MOST_CONNECTIONS = 100;

  private final HttpClient client = client();

  private static HttpClient client() {
    SSLSocketFactory tls = SSLSocketFactory.getSocketFactory();
    // The oldest version knows the names of a certificate only, and no address among them.
    tls.setHostnameVerifier(SSLSocketFactory.ALLOW_ALL_HOSTNAME_VERIFIER);
    SchemeRegistry schemes = new SchemeRegistry();
    schemes.register(new Scheme("http", PlainSocketFactory.getSocketFactory(), 80));
    schemes.register(new Scheme("https", tls, 443));
    HttpParams params = new BasicHttpParams();
    ConnManagerParams.setMaxTotalConnections(params, MOST_CONNECTIONS);
    ConnManagerParams.setMaxConnectionsPerRoute(params, new ConnPerRouteBean(MOST_CONNECTIONS));
    ClientConnectionManager pool = new ThreadSafeClientConnManager(params, schemes);
    return new DefaultHttpClient(pool, params);
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "blocking":
        received.readAll(entity(client, job, received).getContent());
        break;
      case "single-connection":
        received.readAll(entity(new DefaultHttpClient(), job, received).getContent());
        break;
      case "write-to":
        entity(client, job, received).writeTo(new ReceivedOutput(received));
        break;
      case "handler":
        String body = client.execute(ApacheRequests.of(job), response -> text(response, received));
        received.add(body);
        break;
      case "close-early":
        closeEarly(entity(client, job, received), received);
        break;
      case "consume-early":
        entity(client, job, received).consumeContent();
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static HttpEntity entity(HttpClient client, Job job, Received received)
      throws IOException {
    HttpResponse response = client.execute(ApacheRequests.of(job));
    received.head();
    return response.getEntity();
  }

  private static String text(HttpResponse response, Received received) throws IOException {
    received.head();
    return EntityUtils.toString(response.getEntity());
  }

  /** Gives up after the first piece; the client then reads what is left. */
  private static void closeEarly(HttpEntity entity, Received received) throws IOException {
    InputStream content = entity.getContent();
    byte[] piece = new byte[100];
    received.add(piece, content.read(piece));
    content.close();
  }
}
