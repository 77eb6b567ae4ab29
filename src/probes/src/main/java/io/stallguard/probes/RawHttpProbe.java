package io.stallguard.probes;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Provider;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/1.1 as people write them: a socket, a request, a parser of the answer. */
final class RawHttpProbe implements Probe {
  private final Map<String, Deque<RawConnection>> idle = new ConcurrentHashMap<>();

  @Override
  public void run(Job job, Received received) throws Exception {
    URI url = URI.create(job.url());
    Deque<RawConnection> pool =
        idle.computeIfAbsent(
            job.form() + url.getScheme() + url.getPort(), key -> new ConcurrentLinkedDeque<>());
    RawConnection pooled = open(pool);
    RawConnection connection = pooled != null ? pooled : new RawConnection(connect(job, url));
    boolean reusable = false;
    try {
      connection.send(job.method(), url);
      InputStream body = connection.body();
      received.head();
      read(job, body, received);
      reusable = connection.isReusable();
    } finally {
      if (reusable) {
        pool.addFirst(connection);
      } else {
        connection.close();
      }
    }
  }

  /** An open connection of the pool, or null. As in other pools, a closed one is not used again. */
  private static @Nullable RawConnection open(Deque<RawConnection> pool) {
    RawConnection connection = pool.pollFirst();
    while (connection != null && connection.isClosed()) {
      connection = pool.pollFirst();
    }
    return connection;
  }

  private static Socket connect(Job job, URI url) throws Exception {
    if (!url.getScheme().equals("https")) {
      return plain(url);
    }
    SSLSocketFactory factory =
        job.form().startsWith("conscrypt")
            ? conscrypt(!job.form().endsWith("native"))
            : (SSLSocketFactory) SSLSocketFactory.getDefault();
    switch (job.form()) {
      case "layered":
      case "conscrypt-layered":
        return factory.createSocket(plain(url), url.getHost(), url.getPort(), true);
      case "left-open":
        // To close this one leaves the socket below it open.
        return factory.createSocket(plain(url), url.getHost(), url.getPort(), false);
      default:
        return factory.createSocket(url.getHost(), url.getPort());
    }
  }

  /** By name: the others run without it. */
  private static SSLSocketFactory conscrypt(boolean engine) throws Exception {
    Provider provider =
        Class.forName("org.conscrypt.OpenSSLProvider")
            .asSubclass(Provider.class)
            .getDeclaredConstructor()
            .newInstance();
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore store = KeyStore.getInstance(System.getProperty("javax.net.ssl.trustStoreType"));
    try (InputStream in = new FileInputStream(System.getProperty("javax.net.ssl.trustStore"))) {
      store.load(in, System.getProperty("javax.net.ssl.trustStorePassword").toCharArray());
    }
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS", provider);
    context.init(null, trust.getTrustManagers(), null);
    SSLSocketFactory factory = context.getSocketFactory();
    // The other one of its two kinds.
    Class.forName("org.conscrypt.Conscrypt")
        .getMethod("setUseEngineSocket", SSLSocketFactory.class, boolean.class)
        .invoke(null, factory, engine);
    return factory;
  }

  private static Socket plain(URI url) throws IOException {
    return new Socket(url.getHost(), url.getPort());
  }

  private static void read(Job job, InputStream in, Received received) throws IOException {
    switch (job.form()) {
      case "lines":
        received.readLines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        break;
      case "single-bytes":
        for (int value = in.read(); value >= 0; value = in.read()) {
          received.add(new byte[] {(byte) value}, 1);
          received.pause();
        }
        break;
      default:
        received.readAll(in);
        break;
    }
  }
}
