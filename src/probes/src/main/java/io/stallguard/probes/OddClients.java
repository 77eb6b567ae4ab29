package io.stallguard.probes;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;

/** Blocking clients that use the app's own sockets, each for one connection at a time. */
final class OddClients {
  private final Supplier<Socket> made;
  private final OkHttpClient okHttp;
  private final CloseableHttpClient apache4;
  private final org.apache.hc.client5.http.impl.classic.CloseableHttpClient apache5;

  OddClients(Supplier<Socket> made) throws NoSuchAlgorithmException {
    this.made = made;
    this.okHttp = okHttp().socketFactory(OddSockets.plain(made)).build();
    this.apache4 = apache4(made);
    this.apache5 = apache5(made);
  }

  private static OkHttpClient.Builder okHttp() {
    return new OkHttpClient.Builder()
        .protocols(Collections.singletonList(Protocol.HTTP_1_1))
        .readTimeout(0, TimeUnit.SECONDS);
  }

  private static CloseableHttpClient apache4(Supplier<Socket> made)
      throws NoSuchAlgorithmException {
    PlainConnectionSocketFactory plain =
        new PlainConnectionSocketFactory() {
          @Override
          public Socket createSocket(HttpContext context) {
            return made.get();
          }
        };
    SSLConnectionSocketFactory tls =
        new SSLConnectionSocketFactory(SSLContext.getDefault()) {
          @Override
          public Socket createSocket(HttpContext context) {
            return made.get();
          }
        };
    return HttpClients.custom()
        .setConnectionManager(
            new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                    .register("http", plain)
                    .register("https", tls)
                    .build()))
        .build();
  }

  private static org.apache.hc.client5.http.impl.classic.CloseableHttpClient apache5(
      Supplier<Socket> made) throws NoSuchAlgorithmException {
    org.apache.hc.client5.http.socket.PlainConnectionSocketFactory plain =
        new org.apache.hc.client5.http.socket.PlainConnectionSocketFactory() {
          @Override
          public Socket createSocket(org.apache.hc.core5.http.protocol.HttpContext context) {
            return made.get();
          }
        };
    org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory tls =
        new org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory(SSLContext.getDefault()) {
          @Override
          public Socket createSocket(org.apache.hc.core5.http.protocol.HttpContext context) {
            return made.get();
          }
        };
    return org.apache.hc.client5.http.impl.classic.HttpClients.custom()
        .setConnectionManager(
            new org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager(
                org.apache.hc.core5.http.config.RegistryBuilder
                    .<org.apache.hc.client5.http.socket.ConnectionSocketFactory>create()
                    .register("http", plain)
                    .register("https", tls)
                    .build()))
        .build();
  }

  /** Reads the answer to a GET. */
  void read(String client, Job job, Received received) throws IOException {
    switch (client) {
      case "okhttp":
        okHttp(okHttp, job, received);
        break;
      case "apache-4":
        try (CloseableHttpResponse response = apache4.execute(new HttpGet(job.url()))) {
          received.head();
          received.readAll(response.getEntity().getContent());
        }
        break;
      case "apache-5":
        apache5(job, received);
        break;
      case "url-connection":
        urlConnection(job, received);
        break;
      case "sockets":
        sockets(job, received);
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static void okHttp(OkHttpClient client, Job job, Received received) throws IOException {
    Request request = new Request.Builder().url(job.url()).build();
    try (Response response = client.newCall(request).execute()) {
      received.head();
      received.readAll(response.body().byteStream());
    }
  }

  private void apache5(Job job, Received received) throws IOException {
    try (org.apache.hc.client5.http.impl.classic.CloseableHttpResponse response =
        apache5.execute(
            new org.apache.hc.client5.http.classic.methods.HttpGet(URI.create(job.url())))) {
      received.head();
      received.readAll(response.getEntity().getContent());
    }
  }

  private void urlConnection(Job job, Received received) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(job.url()).openConnection();
    if (connection instanceof HttpsURLConnection) {
      ((HttpsURLConnection) connection).setSSLSocketFactory(OddSockets.tls(made));
    }
    // Not closed: the connection goes back to the JDK with the end all the same.
    InputStream in = connection.getInputStream();
    received.head();
    received.readAll(in);
  }

  private void sockets(Job job, Received received) throws IOException {
    URI url = URI.create(job.url());
    Socket plain = made.get();
    plain.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    Socket socket =
        url.getScheme().equals("https")
            ? ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, url.getHost(), url.getPort(), true)
            : plain;
    RawConnection connection = new RawConnection(socket);
    connection.send("GET", url);
    received.head();
    received.readAll(connection.body());
  }

  /** With sockets as usual, and a listener that holds up whoever cancels a call. */
  static void listened(Job job, Received received, long heldMillis) throws IOException {
    Protocol[] protocols = {Protocol.HTTP_2, Protocol.HTTP_1_1};
    OkHttpClient.Builder client = okHttp().eventListener(new Holding(heldMillis));
    if (job.http2()) {
      client.protocols(
          job.url().startsWith("https")
              ? Arrays.asList(protocols)
              : Collections.singletonList(Protocol.H2_PRIOR_KNOWLEDGE));
    }
    okHttp(client.build(), job, received);
  }

  /**
   * What is called has been there since 3.12 or 4.0 of OkHttp, later than what this is made for.
   */
  private static final class Holding extends EventListener {
    private final long heldMillis;

    Holding(long heldMillis) {
      this.heldMillis = heldMillis;
    }

    // OkHttp's, of a later version.
    @SuppressWarnings({"UnusedMethod", "UnusedVariable", "EffectivelyPrivate"})
    public void canceled(Call call) {
      try {
        TimeUnit.MILLISECONDS.sleep(heldMillis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
