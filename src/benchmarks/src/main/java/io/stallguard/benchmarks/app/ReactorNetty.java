package io.stallguard.benchmarks.app;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty, whose pieces are looked at on the event loop. */
final class ReactorNetty implements Client {
  private static final byte[] BODY = QUESTION.getBytes(StandardCharsets.UTF_8);

  private final HttpClient client;

  ReactorNetty(String base, int connections) {
    client =
        HttpClient.create(ConnectionProvider.create("load", connections))
            .baseUrl(base)
            .headers(
                headers ->
                    headers.set("Content-Type", JSON_TYPE).set("Content-Length", BODY.length));
  }

  private HttpClient.ResponseReceiver<?> request(String path) {
    return client.post().uri(path).send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(BODY)));
  }

  @Override
  public int call() {
    return Objects.requireNonNull(
            request(LoadServer.CALL).responseContent().aggregate().asString().block())
        .length();
  }

  @Override
  public int stream() {
    return Objects.requireNonNull(
        request(LoadServer.STREAM)
            .responseContent()
            .map(ReactorNetty::lines)
            .reduce(0, Integer::sum)
            .map(lines -> lines / 2)
            .block());
  }

  /** An event has two lines, of which one is blank; a piece may end anywhere. */
  private static int lines(ByteBuf bytes) {
    int lines = 0;
    int end = bytes.writerIndex();
    int next = bytes.indexOf(bytes.readerIndex(), end, (byte) '\n') + 1;
    while (next > 0) {
      lines++;
      next = bytes.indexOf(next, end, (byte) '\n') + 1;
    }
    return lines;
  }
}
