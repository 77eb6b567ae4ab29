package io.stallguard.probes;

import java.io.UnsupportedEncodingException;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.StringEntity;

/** Requests for every Apache HttpClient 4. */
final class ApacheRequests {
  private ApacheRequests() {}

  static HttpUriRequest of(Job job) throws UnsupportedEncodingException {
    if (!job.method().equals("POST")) {
      return new HttpGet(job.url());
    }
    HttpPost post = new HttpPost(job.url());
    post.setEntity(new StringEntity("{}"));
    post.setHeader("Content-Type", "application/json");
    return post;
  }
}
