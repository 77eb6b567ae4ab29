package io.stallguard.probes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty 1.0 to 1.3. */
final class ReactorNettyProbe implements Probe {
  private static final int MANY = 1000;

  private final HttpClient http1 = client(HttpProtocol.HTTP11);
  private final HttpClient http2 = client(HttpProtocol.H2).secure();
  private final HttpClient priorKnowledge = client(HttpProtocol.H2C);

  private static HttpClient client(HttpProtocol protocol) {
    return HttpClient.create(ConnectionProvider.create("probe", MANY)).protocol(protocol);
  }

  private HttpClient client(Job job) {
    if (!job.http2()) {
      return http1;
    }
    return job.url().startsWith("https") ? http2 : priorKnowledge;
  }

  @Override
  public void run(Job job, Received received) throws Exception {
    switch (job.form()) {
      case "iterable":
        for (byte[] bytes : bytes(job, received).toIterable(1)) {
          received.add(bytes, bytes.length);
          received.pause();
        }
        break;
      case "block-last":
        bytes(job, received).doOnNext(bytes -> received.add(bytes, bytes.length)).blockLast();
        break;
      case "one-by-one":
        Futures.await(subscribe(bytes(job, received), received));
        break;
      case "own-timeout":
        impatient(job);
        break;
      case "response-single":
        received.add(single(job, received));
        break;
      case "tapped":
        tapped(job, received);
        break;
      case "aggregate":
        received.add(receiver(job, received).responseContent().aggregate().asString().block());
        break;
      case "upload":
        upload(job);
        break;
      case "websocket":
        echo(job, received);
        break;
      case "server":
        received.add(NettyServer.answerToSlowRequest(job.pauseMillis()));
        break;
      default:
        throw job.unknownForm();
    }
  }

  private void impatient(Job job) {
    client(job)
        .responseTimeout(Duration.ofSeconds(1))
        .get()
        .uri(job.url())
        .responseContent()
        .blockLast();
  }

  private String single(Job job, Received received) {
    return receiver(job, received).responseSingle((response, bytes) -> bytes.asString()).block();
  }

  private void tapped(Job job, Received received) {
    ByteBufFlux.fromInbound(
            receiver(job, received).responseContent().doOnNext(piece -> see(piece, received)))
        .aggregate()
        .block();
  }

  private static void see(ByteBuf piece, Received received) {
    if (piece.isReadable()) {
      received.add(piece.nioBuffer());
    }
  }

  /** Reactor Netty 1.0 tells the empty frame that ends a stream of HTTP/2 as a piece, too. */
  private static Flux<byte[]> bytes(HttpClient.ResponseReceiver<?> receiver) {
    return receiver.responseContent().asByteArray().filter(bytes -> bytes.length > 0);
  }

  private Flux<byte[]> bytes(Job job, Received received) {
    return bytes(receiver(job, received));
  }

  private HttpClient.ResponseReceiver<?> receiver(Job job, Received received) {
    HttpClient client = client(job).doOnResponse((response, connection) -> received.head());
    return job.method().equals("POST")
        ? client
            .headers(headers -> headers.set("Content-Type", "application/json"))
            .post()
            .uri(job.url())
            .send((request, outbound) -> outbound.sendString(Mono.just("{}")))
        : client.get().uri(job.url());
  }

  private static CompletableFuture<Void> subscribe(Flux<byte[]> bytes, Received received) {
    ByteArrays subscriber = new ByteArrays(received);
    bytes.subscribe(subscriber);
    return subscriber.done();
  }

  /** A request that never ends. */
  private void upload(Job job) {
    Flux<ByteBuf> pieces =
        Flux.interval(Duration.ofMillis(Endless.PERIOD_MILLIS))
            .onBackpressureDrop()
            .map(i -> Unpooled.wrappedBuffer(Endless.piece()));
    client(job)
        .post()
        .uri(job.url())
        .send((request, outbound) -> outbound.send(pieces, any -> true))
        .response()
        .block();
  }

  private static void echo(Job job, Received received) {
    String answer =
        HttpClient.create()
            .websocket()
            .uri(job.url().replaceFirst("^http", "ws"))
            .handle(
                (in, out) ->
                    out.sendString(Mono.just("hello"))
                        .then()
                        .thenMany(in.receive().asString().take(1)))
            .blockLast();
    received.add(answer);
  }
}
