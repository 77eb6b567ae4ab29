package io.stallguard.testapp;

import io.stallguard.testing.ClassPaths;
import io.stallguard.testing.Jdk;
import java.nio.file.Path;
import java.util.List;

/**
 * A client that an app may use first of all.
 *
 * @param module as reports name it
 * @param fromJdk the first JDK that has it
 */
record StartClient(String name, String probe, String form, String module, int fromJdk) {
  static final List<StartClient> ALL =
      List.of(
          new StartClient("okhttp", "OkHttpProbe", "blocking", "okhttp", 8),
          new StartClient(
              "java-http-client", "JavaHttpClientProbe", "input-stream", "java-http-client", 11),
          new StartClient(
              "url-connection", "HttpUrlConnectionProbe", "stream", "http-url-connection", 8),
          new StartClient(
              "apache-5", "ApacheHttpClient5Probe", "blocking", "apache-httpclient-5", 8),
          new StartClient("reactor-netty", "ReactorNettyProbe", "block-last", "netty", 8));

  /** All of them together. */
  static List<Path> classPath() {
    return ClassPaths.resolve(
        "com.squareup.okhttp3:okhttp-sse:5.5.1",
        "org.apache.httpcomponents.client5:httpclient5:" + ApacheVersions.LATEST_5,
        "io.projectreactor.netty:reactor-netty-http:1.3.7");
  }

  static StartClient named(String name) {
    return ALL.stream().filter(client -> client.name.equals(name)).findFirst().orElseThrow();
  }

  boolean isOn(Jdk jdk) {
    return jdk.feature() >= fromJdk;
  }
}
