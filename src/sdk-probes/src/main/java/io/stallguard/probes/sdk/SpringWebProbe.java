package io.stallguard.probes.sdk;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Spring's RestClient and RestTemplate over each of its request factories. */
public final class SpringWebProbe implements Probe {

  /** The form is {@code rest-client} or {@code rest-template}, a dash and the factory. */
  @Override
  public void run(Job job, Received received) {
    String form = job.form();
    if (form.startsWith("rest-client-")) {
      restClient(factory(job, form.substring("rest-client-".length())), job, received);
    } else if (form.startsWith("rest-template-")) {
      restTemplate(factory(job, form.substring("rest-template-".length())), job, received);
    } else {
      throw job.unknownForm();
    }
  }

  private static ClientHttpRequestFactory factory(Job job, String name) {
    return switch (name) {
      // RestTemplate streams its request, and Jetty takes no upgrade to h2c along with that.
      case "jdk" ->
          new JdkClientHttpRequestFactory(
              HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
      case "simple" -> new SimpleClientHttpRequestFactory();
      case "http-components" -> new HttpComponentsClientHttpRequestFactory();
      case "reactor" -> new ReactorClientHttpRequestFactory();
      case "jetty" -> new JettyClientHttpRequestFactory();
      default -> throw job.unknownForm();
    };
  }

  private static void restClient(ClientHttpRequestFactory factory, Job job, Received received) {
    RestClient.builder()
        .requestFactory(factory)
        .build()
        .post()
        .uri(URI.create(job.url()))
        .contentType(MediaType.APPLICATION_JSON)
        .body("{}".getBytes(StandardCharsets.UTF_8))
        .exchange(
            (request, response) -> {
              received.head();
              received.readAll(response.getBody());
              return "read";
            });
  }

  private static void restTemplate(ClientHttpRequestFactory factory, Job job, Received received) {
    new RestTemplate(factory)
        .execute(
            URI.create(job.url()),
            HttpMethod.POST,
            request -> {
              request.getHeaders().setContentType(MediaType.APPLICATION_JSON);
              request.getBody().write("{}".getBytes(StandardCharsets.UTF_8));
            },
            response -> {
              received.head();
              received.readAll(response.getBody());
              return "read";
            });
  }
}
