package io.stallguard.probes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.commons.httpclient.HttpClient;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.MultiThreadedHttpConnectionManager;
import org.apache.commons.httpclient.methods.GetMethod;
import org.apache.commons.httpclient.methods.PostMethod;
import org.apache.commons.httpclient.methods.StringRequestEntity;

/** Apache's HttpClient 3.1, the one before it got its new name. */
final class CommonsHttpClientProbe implements Probe {
  private final HttpClient client = new HttpClient(manager());

  private static MultiThreadedHttpConnectionManager manager() {
    MultiThreadedHttpConnectionManager manager = new MultiThreadedHttpConnectionManager();
    manager.getParams().setDefaultMaxConnectionsPerHost(1000);
    manager.getParams().setMaxTotalConnections(1000);
    return manager;
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    HttpMethod method = method(job);
    try {
      client.executeMethod(method);
      received.head();
      InputStream body = method.getResponseBodyAsStream();
      if (body == null) {
        // The client peeks at the first byte, and takes a timeout there for an answer without one.
        throw new IOException("no body");
      }
      read(job, body, received);
    } finally {
      method.releaseConnection();
    }
  }

  private static HttpMethod method(Job job) throws IOException {
    if (!job.method().equals("POST")) {
      return new GetMethod(job.url());
    }
    PostMethod post = new PostMethod(job.url());
    post.setRequestEntity(new StringRequestEntity("{}", "application/json", "UTF-8"));
    return post;
  }

  private static void read(Job job, InputStream in, Received received) throws IOException {
    switch (job.form()) {
      case "stream":
        received.readAll(in);
        break;
      case "lines":
        received.readLines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        break;
      default:
        throw job.unknownForm();
    }
  }
}
