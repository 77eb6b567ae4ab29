package io.stallguard.testapp;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All guarded clients on one class path, each in its latest version that JDK 17 takes: fifty ways
 * to wait for a stream. Micronaut is not among them: its latest version wants JDK 25.
 */
final class AllClients {
  private static final Protocol[] ALL = Protocol.values();
  private static final Protocol[] HTTP_1 = {Protocol.H1, Protocol.TLS_H1};

  /** Where clients want Netty in different versions, all get the one of Reactor Netty. */
  private static final String NETTY = "4.2.17.Final";

  /**
   * Netty 4.1 has the same classes in other jars; the OpenSSL that Azure's client brings is too old
   * for 4.2.
   */
  private static final Pattern LEFT_OUT = Pattern.compile("netty-(codec-4\\.1|tcnative).*");

  private AllClients() {}

  static List<Path> classPath() {
    return NettySuite.classPath(
            "io.netty:netty-transport-classes-epoll:" + NETTY,
            "io.netty:netty-transport-native-unix-common:" + NETTY,
            "io.netty:netty-resolver:" + NETTY,
            "com.squareup.okhttp3:okhttp-sse:5.5.1",
            "io.projectreactor.netty:reactor-netty-http:1.3.7",
            "org.springframework:spring-webflux:7.0.9",
            "org.springframework:spring-context:7.0.9",
            "org.asynchttpclient:async-http-client:3.0.13",
            "software.amazon.awssdk:netty-nio-client:2.57.8",
            "com.azure:azure-core-http-netty:1.16.0",
            "org.apache.httpcomponents.client5:httpclient5:" + ApacheVersions.LATEST_5,
            "org.apache.httpcomponents:httpclient:" + ApacheVersions.LATEST_4,
            "org.apache.httpcomponents:httpasyncclient:" + ApacheAsync4IT.LATEST,
            "commons-httpclient:commons-httpclient:3.1")
        .stream()
        .filter(jar -> !LEFT_OUT.matcher(jar.getFileName().toString()).matches())
        .toList();
  }

  /** The ways, whose number divides two hundred. */
  static List<Way> ways() {
    return Stream.of(okHttp(), jdk(), apache(), netty(), sockets()).flatMap(List::stream).toList();
  }

  private static List<Way> okHttp() {
    return ways(
        waiting("OkHttpProbe/blocking", ALL),
        calledBack("OkHttpProbe/enqueue", Protocol.H1, Protocol.TLS_H2),
        calledBack("OkHttpProbe/sse", Protocol.TLS_H1, Protocol.H2C));
  }

  private static List<Way> jdk() {
    return ways(
        waiting("JavaHttpClientProbe/input-stream", ALL),
        waiting("JavaHttpClientProbe/string", Protocol.H1, Protocol.TLS_H2),
        calledBack("JavaHttpClientProbe/own-subscriber", ALL),
        calledBack("JavaHttpClientProbe/line-subscriber", Protocol.H1, Protocol.TLS_H2),
        calledBack("JavaHttpClientProbe/publisher", Protocol.TLS_H1, Protocol.H2C),
        waiting("HttpUrlConnectionProbe/stream", HTTP_1));
  }

  /** All streams of a connection of HTTP/2 have one reactor thread, which none may hold up. */
  private static List<Way> apache() {
    return ways(
        waiting("ApacheHttpClient5Probe/blocking", HTTP_1),
        waiting("ApacheHttpClient4Probe/blocking", HTTP_1),
        calledBack("ApacheAsync5Probe/bytes", HTTP_1),
        onSharedThread("ApacheAsync5Probe/bytes", Protocol.H2C, Protocol.TLS_H2),
        onSharedThread("ApacheAsync5Probe/negotiated-bytes", Protocol.TLS_H2),
        calledBack("ApacheAsync4Probe/bytes", HTTP_1));
  }

  private static List<Way> netty() {
    return ways(
        waiting("ReactorNettyProbe/block-last", Protocol.H1, Protocol.TLS_H2),
        onSharedThread("ReactorNettyProbe/one-by-one", Protocol.TLS_H1, Protocol.H2C),
        waiting("WebClientProbe/buffers", Protocol.H1, Protocol.TLS_H2),
        onSharedThread("AsyncHttpClientProbe/parts", HTTP_1),
        onSharedThread("AwsNettyProbe/one-by-one", Protocol.H1, Protocol.H2C, Protocol.TLS_H1),
        waiting("AzureNettyProbe/iterable", Protocol.TLS_H1));
  }

  private static List<Way> sockets() {
    return ways(
        waiting("RawHttpProbe/layered", HTTP_1),
        waiting("CommonsHttpClientProbe/stream", Protocol.TLS_H1));
  }

  @SafeVarargs
  private static List<Way> ways(Stream<Way>... some) {
    return Stream.of(some).flatMap(each -> each).toList();
  }

  private static Stream<Way> waiting(String form, Protocol... protocols) {
    return ways(form, Callback.NONE, protocols);
  }

  private static Stream<Way> calledBack(String form, Protocol... protocols) {
    return ways(form, Callback.OWN_THREAD, protocols);
  }

  private static Stream<Way> onSharedThread(String form, Protocol... protocols) {
    return ways(form, Callback.SHARED_THREAD, protocols);
  }

  private static Stream<Way> ways(String form, Callback callback, Protocol... protocols) {
    return Arrays.stream(protocols).map(protocol -> new Way(form, protocol, callback));
  }

  /** How an app hears of a failure. */
  enum Callback {
    /** A thread waits. */
    NONE,
    /** A callback, on a thread that the client has for it or for few others. */
    OWN_THREAD,
    /** A callback, on a thread that others need: an app that blocks there holds up itself. */
    SHARED_THREAD
  }

  /**
   * A client as it is used over one protocol.
   *
   * @param form the probe, a slash and its form
   */
  record Way(String form, Protocol protocol, Callback callback) {
    /**
     * Whether its client, once it dies of an error, tells all streams of a connection of that on
     * one thread: then who blocks there holds up the others, with or without an agent.
     */
    boolean tellsAllAtItsDeath() {
      return protocol.http2() && form.startsWith("JavaHttpClient");
    }

    /** Fit for a path. */
    String name() {
      return form.replaceAll("\\W+", "-") + "-" + protocol;
    }
  }
}
