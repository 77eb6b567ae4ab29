package io.stallguard.probes;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Connects in the ways in which blocking clients do; the pause is the client's own limit. */
final class ConnectProbe implements Probe {
  @Override
  public void run(Job job, Received received) throws Exception {
    int ownMillis = (int) job.pauseMillis();
    switch (job.form()) {
      case "constructor":
        URI made = URI.create(job.url());
        new Socket(made.getHost(), made.getPort()).close();
        break;
      case "socket":
        URI url = URI.create(job.url());
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), ownMillis);
        }
        break;
      case "url-connection":
        HttpURLConnection connection = (HttpURLConnection) new URL(job.url()).openConnection();
        connection.setConnectTimeout(ownMillis);
        connection.getInputStream().close();
        break;
      case "okhttp":
        okHttp(job.url(), ownMillis);
        break;
      default:
        throw job.unknownForm();
    }
  }

  private static void okHttp(String url, int ownMillis) throws IOException {
    OkHttpClient client =
        new OkHttpClient.Builder().connectTimeout(ownMillis, TimeUnit.MILLISECONDS).build();
    client.newCall(new Request.Builder().url(url).build()).execute().close();
  }
}
