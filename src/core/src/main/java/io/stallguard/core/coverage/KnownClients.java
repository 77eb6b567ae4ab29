package io.stallguard.core.coverage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All HTTP clients that the agent knows of. Another one is an entry here. */
final class KnownClients {
  // Each class was read in the client's jar: it is loaded by what the first exchange does, on the
  // client's side alone. So a server of the same library gives no line, nor does a client that was
  // made and is never used. A class that native code looks up at the start (AWS CRT) is none.
  // What is loaded once a connection is ready comes too late on HTTP/2: a peer that takes the
  // connection and says nothing has the client wait for its settings.

  /** The entry that stands for apps of their own on Netty's codec. */
  static final KnownClient NETTY =
      new KnownClient("netty", "io.netty:netty-codec-http", "io.netty:netty-all")
          .renamedNoticedBy(
              "io/netty/handler/codec/http/HttpClientCodec",
              "io/netty/handler/codec/http2/Http2StreamChannelBootstrap")
          .onNetty()
          .fallback();

  /** The entry that stands for clients made of a blocking socket that nobody knows. */
  static final KnownClient SOCKETS =
      new KnownClient(KnownClient.SOCKETS_MODULE).overSockets(Sockets.ALL);

  private static final List<KnownClient> ALL =
      Arrays.asList(
          NETTY,
          SOCKETS,
          new KnownClient("okhttp", "com.squareup.okhttp3:okhttp")
              .noticedBy("okhttp3/internal/http/CallServerInterceptor")
              .guardedBy("okhttp")
              .headBy("okhttp")
              .overSockets(Sockets.HTTP_1),
          new KnownClient("java-http-client")
              .noticedBy("jdk/internal/net/http/MultiExchange")
              .guardedBy("java-http-client")
              .headBy("java-http-client-head")
              .connectBy("java-http-client-connect"),
          new KnownClient("http-url-connection")
              .noticedBy("sun/net/www/protocol/http/HttpURLConnection$HttpInputStream")
              .guardedBy("http-url-connection")
              .headBy("http-url-connection-head")
              .overSockets(Sockets.ALL),
          new KnownClient("apache-httpclient-4", "org.apache.httpcomponents:httpclient")
              .noticedBy(
                  "org/apache/http/impl/execchain/ConnectionHolder",
                  "org/apache/http/impl/client/DefaultRequestDirector")
              .guardedBy("apache-httpclient-4")
              .headBy("apache-httpclient-4")
              .overSockets(Sockets.ALL),
          new KnownClient("apache-httpclient-5", "org.apache.httpcomponents.client5:httpclient5")
              .noticedBy("org/apache/hc/client5/http/impl/classic/InternalExecRuntime")
              .guardedBy("apache-httpclient-5")
              .headBy("apache-httpclient-5")
              .overSockets(Sockets.ALL),
          new KnownClient("apache-httpasyncclient-4", "org.apache.httpcomponents:httpasyncclient")
              .noticedBy(
                  "org/apache/http/impl/nio/client/DefaultClientExchangeHandlerImpl",
                  "org/apache/http/impl/nio/client/MinimalClientExchangeHandlerImpl")
              .guardedBy("apache-httpasyncclient-4")
              .headBy("apache-httpasyncclient-4-head"),
          new KnownClient(
                  "apache-httpasyncclient-5", "org.apache.httpcomponents.client5:httpclient5")
              .noticedBy(
                  "org/apache/hc/client5/http/impl/async/InternalHttpAsyncExecRuntime",
                  "org/apache/hc/client5/http/impl/async/InternalH2AsyncExecRuntime")
              .guardedBy("apache-httpasyncclient-5")
              .headBy("apache-httpasyncclient-5"),
          new KnownClient(
                  "reactor-netty",
                  "io.projectreactor.netty:reactor-netty-http",
                  "io.projectreactor.netty:reactor-netty")
              .noticedBy("reactor/netty/http/client/HttpClientConnect$HttpClientHandler")
              .onNetty("reactor-netty")
              .withHandlers("reactor.netty."),
          new KnownClient("async-http-client", "org.asynchttpclient:async-http-client")
              .noticedBy("org/asynchttpclient/netty/NettyResponseFuture")
              .onNetty()
              .withHandlers("org.asynchttpclient.")
              .handsOverSome(),
          new KnownClient("aws-netty", "software.amazon.awssdk:netty-nio-client")
              .noticedBy("software/amazon/awssdk/http/nio/netty/internal/NettyRequestExecutor")
              .onNetty()
              .withHandlers("software.amazon.awssdk.http.nio.netty."),
          new KnownClient("micronaut", "io.micronaut:micronaut-http-client")
              .noticedBy(
                  "io/micronaut/http/client/netty/NettyStreamedHttpResponse",
                  "io/micronaut/http/client/netty/FullNettyClientHttpResponse")
              .onNetty()
              .withHandlers("io.micronaut.http."),
          new KnownClient("jersey-netty", "org.glassfish.jersey.connectors:jersey-netty-connector")
              .noticedBy("org/glassfish/jersey/netty/connector/JerseyClientHandler")
              .onNetty()
              .withHandlers("org.glassfish.jersey.netty."),
          new KnownClient("commons-httpclient", "commons-httpclient:commons-httpclient")
              .noticedBy("org/apache/commons/httpclient/HttpMethodDirector")
              .overSockets(Sockets.ALL),
          new KnownClient("helidon-http1", "io.helidon.webclient:helidon-webclient-http1")
              .noticedBy("io/helidon/webclient/http1/Http1CallChainBase")
              .overSockets(Sockets.ALL),
          new KnownClient("helidon-http2", "io.helidon.webclient:helidon-webclient-http2")
              .noticedBy("io/helidon/webclient/http2/Http2CallChainBase"),
          new KnownClient("vertx", "io.vertx:vertx-core")
              .noticedBy(
                  "io/vertx/core/http/impl/SharedClientHttpStreamEndpoint",
                  "io/vertx/core/http/impl/SharedHttpClientConnectionGroup",
                  "io/vertx/core/http/impl/HttpClientRequestImpl")
              .withHandlers("io.vertx.core."),
          new KnownClient("jetty-client", "org.eclipse.jetty:jetty-client")
              .noticedBy(
                  "org/eclipse/jetty/client/HttpExchange",
                  "org/eclipse/jetty/client/transport/HttpExchange"),
          new KnownClient("armeria", "com.linecorp.armeria:armeria")
              .noticedBy("com/linecorp/armeria/client/HttpSessionHandler")
              .withHandlers("com.linecorp.armeria."),
          new KnownClient("ktor-cio", "io.ktor:ktor-client-cio")
              .noticedBy("io/ktor/client/engine/cio/Endpoint"),
          new KnownClient("aws-crt", "software.amazon.awssdk.crt:aws-crt")
              .noticedBy(
                  "software/amazon/awssdk/crt/http/HttpStreamResponseHandler",
                  "software/amazon/awssdk/crt/http/HttpStreamBaseResponseHandler"),
          new KnownClient("grpc-netty", "io.grpc:grpc-netty")
              .noticedBy("io/grpc/netty/NettyClientTransport")
              .withHandlers("io.grpc.netty."),
          new KnownClient("grpc-netty-shaded", "io.grpc:grpc-netty-shaded")
              .noticedBy("io/grpc/netty/shaded/io/grpc/netty/NettyClientTransport"),
          new KnownClient("grpc-okhttp", "io.grpc:grpc-okhttp")
              .noticedBy("io/grpc/okhttp/OkHttpClientTransport"),
          new KnownClient("play-ws", "com.typesafe.play:shaded-asynchttpclient")
              .noticedBy("play/shaded/ahc/org/asynchttpclient/netty/NettyResponseFuture"),
          new KnownClient("pekko-http", "org.apache.pekko:pekko-http-core")
              .noticedBy("org/apache/pekko/http/impl/engine/client/OutgoingConnectionBlueprint$"),
          new KnownClient("akka-http", "com.typesafe.akka:akka-http-core")
              .noticedBy("akka/http/impl/engine/client/OutgoingConnectionBlueprint$"),
          new KnownClient("grizzly-http-client", "org.glassfish.grizzly:grizzly-http-client")
              .noticedBy("com/ning/http/client/providers/grizzly/GrizzlyResponseFuture"),
          new KnownClient("undertow-client", "io.undertow:undertow-core")
              .noticedBy(
                  "io/undertow/client/http/HttpClientExchange",
                  "io/undertow/client/http2/Http2ClientExchange"));

  private KnownClients() {}

  /** All clients, by the classes by which they are noticed. */
  static Map<String, KnownClient> byClass() {
    Map<String, KnownClient> clients = new HashMap<>();
    for (KnownClient client : ALL) {
      for (String name : client.classes()) {
        clients.put(name, client);
      }
    }
    return clients;
  }

  /**
   * Clients by the classes by which a copy of them is noticed whose packages were renamed; the
   * names are those that the classes were written with.
   */
  static Map<String, KnownClient> byRenamable() {
    Map<String, KnownClient> clients = new HashMap<>();
    for (KnownClient client : ALL) {
      for (String name : client.renamable()) {
        clients.put(name, client);
      }
    }
    return clients;
  }

  /** The modules that guard any of these clients, or limit its waits. */
  static Set<String> modules() {
    Set<String> modules = new HashSet<>();
    for (KnownClient client : ALL) {
      modules.addAll(client.modules());
      modules.add(client.head());
      modules.add(client.connect());
    }
    modules.remove(null);
    modules.add(KnownClient.SOCKETS_MODULE);
    modules.add(KnownClient.HTTP_2);
    return modules;
  }

  /** Whether who has this class loaded has read from a blocking socket. */
  static boolean isReadFrom(String className) {
    return className.equals("java.net.Socket$SocketInputStream")
        || className.equals("java.net.SocketInputStream");
  }

  /**
   * What becomes of the clients of a module that does not work, to stand behind the module's name.
   *
   * @param sockets whether blocking sockets are guarded
   */
  static String without(String module, boolean sockets) {
    boolean limit = false;
    for (KnownClient client : ALL) {
      if (client.modules().contains(module) && client.sockets() != Sockets.NOTHING && sockets) {
        return " is guarded in part, its HTTP/1.1 over blocking sockets and nothing else";
      }
      boolean guards =
          client.modules().contains(module) || module.equals(KnownClient.SOCKETS_MODULE);
      limit |= !guards && (module.equals(client.head()) || module.equals(client.connect()));
    }
    return limit ? " does nothing, its limit does not hold" : " is not guarded";
  }

  /** Whose handler this is, by the name of its class. */
  static KnownClient ofHandler(String className) {
    for (KnownClient client : ALL) {
      if (client.hasHandler(className)) {
        return client;
      }
    }
    return NETTY;
  }
}
