package io.stallguard.testapp;

import io.stallguard.testing.ClassPaths;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The clients of {@link LeakIT}, each in its latest version. */
final class LeakClients {
  private static final String OKHTTP = "com.squareup.okhttp3:okhttp-sse:5.5.1";
  private static final String REACTOR_NETTY = "io.projectreactor.netty:reactor-netty-http:1.3.7";
  private static final String HTTP_ASYNC_4 = "org.apache.httpcomponents:httpasyncclient:4.1.5";

  private LeakClients() {}

  /** A new client is a line here; one whose module the jar does not have is not tried. */
  static Stream<LeakClient> all() {
    return Stream.of(jdk(), apache(), apacheAsync(), netty(), others())
        .flatMap(List::stream)
        .filter(client -> BuiltModules.has(client.module()));
  }

  private static List<LeakClient> jdk() {
    LeakClient client =
        LeakClient.of(
            "java.net.http", "java-http-client", List.of(), "JavaHttpClientProbe/input-stream");
    return List.of(
        client,
        client.overHttp2(),
        LeakClient.of(
            "HttpURLConnection",
            "http-url-connection",
            List.of(),
            "HttpUrlConnectionProbe/stream"));
  }

  private static List<LeakClient> apache() {
    List<Path> path5 = ApacheVersions.classPath(ApacheVersions.LATEST_5);
    List<Path> path4 = ApacheVersions.classPath(ApacheVersions.LATEST_4);
    List<Path> path40 = ApacheVersions.classPath(ApacheVersions.FLOOR_4);
    String module4 = "apache-httpclient-4";
    LeakClient apache5 =
        LeakClient.of(
            "Apache HttpClient 5", "apache-httpclient-5", path5, "ApacheHttpClient5Probe/blocking");
    LeakClient apache4 =
        LeakClient.of("Apache HttpClient 4", module4, path4, "ApacheHttpClient4Probe/blocking");
    LeakClient legacy =
        LeakClient.of("DefaultHttpClient", module4, path40, "LegacyApacheHttpClientProbe/blocking");
    return List.of(
        apache5,
        apache5.that(LeakClient.Kind.LINGERING),
        apache5.by("close-early").that(LeakClient.Kind.CLOSED_EARLY),
        apache5.by("requester"),
        apache4,
        apache4.that(LeakClient.Kind.LINGERING),
        legacy,
        legacy.that(LeakClient.Kind.LINGERING));
  }

  private static List<LeakClient> apacheAsync() {
    LeakClient async5 =
        LeakClient.of(
            "Apache HttpClient 5 async",
            "apache-httpasyncclient-5",
            ApacheVersions.classPath(ApacheVersions.LATEST_5),
            "ApacheAsync5Probe/bytes");
    LeakClient async4 =
        LeakClient.of(
            "Apache HttpAsyncClient 4",
            "apache-httpasyncclient-4",
            resolve(HTTP_ASYNC_4),
            "ApacheAsync4Probe/bytes");
    return List.of(
        async5,
        async5.that(LeakClient.Kind.LINGERING),
        async5.overHttp2(),
        async5.by("negotiated-bytes").overNegotiatedHttp2(),
        async5.by("sharing-bytes").overNegotiatedHttp2(),
        async4,
        async4.that(LeakClient.Kind.LINGERING),
        async4.by("minimal-bytes"));
  }

  private static List<LeakClient> netty() {
    LeakClient reactor =
        LeakClient.of(
            "Reactor Netty",
            "reactor-netty",
            NettySuite.classPath(REACTOR_NETTY),
            "ReactorNettyProbe/block-last");
    return List.of(
        reactor,
        reactor.overHttp2(),
        reactor.by("one-by-one").that(LeakClient.Kind.LINGERING),
        LeakClient.of(
            "AsyncHttpClient",
            "netty",
            NettySuite.classPath("org.asynchttpclient:async-http-client:3.0.13"),
            "AsyncHttpClientProbe/parts"),
        LeakClient.of(
            "AWS Netty client",
            "netty",
            NettySuite.classPath("software.amazon.awssdk:netty-nio-client:2.57.8"),
            "AwsNettyProbe/one-by-one"));
  }

  private static List<LeakClient> others() {
    LeakClient okHttp = LeakClient.of("OkHttp", "okhttp", resolve(OKHTTP), "OkHttpProbe/blocking");
    LeakClient socket =
        LeakClient.of("a socket", "java-sockets", List.of(), "RawHttpProbe/layered");
    return List.of(
        okHttp,
        okHttp.overHttp2(),
        socket,
        socket.that(LeakClient.Kind.LINGERING),
        LeakClient.of(
            "Commons HttpClient 3",
            "java-sockets",
            resolve("commons-httpclient:commons-httpclient:3.1"),
            "CommonsHttpClientProbe/stream"));
  }

  private static List<Path> resolve(String artifact) {
    return ClassPaths.resolve(artifact);
  }
}
