package io.stallguard.probes.quiet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Netty's HTTP codec as a server, as Reactor Netty puts it together. */
public final class NettyServerProbe extends ServerProbe {

  @Override
  Running start() {
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(NettyServerProbe::echo)
            .bindNow(Duration.ofSeconds(60));
    return new Running() {
      @Override
      public int port() {
        return server.port();
      }

      @Override
      public void close() {
        server.disposeNow(Duration.ofSeconds(60));
      }
    };
  }

  private static Mono<Void> echo(HttpServerRequest request, HttpServerResponse response) {
    return request
        .receive()
        .aggregate()
        .asString()
        .flatMap(
            body ->
                response
                    .header("Content-Type", TYPE)
                    .header("Content-Length", Integer.toString(body.length()))
                    .sendByteArray(Mono.just(body.getBytes(StandardCharsets.US_ASCII)))
                    .then());
  }
}
