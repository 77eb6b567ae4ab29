package io.stallguard.instrumentation.netty.helpers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.stallguard.core.ManualEngine;
import io.vertx.core.Queues;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of a client is what is done: one without a module is left alone wholly. */
class UnguardedClientTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final ManualEngine engine = new ManualEngine("head=1s,idle=1s,first-byte=1s");
  private final EmbeddedChannel channel = new EmbeddedChannel(new HttpClientCodec());

  UnguardedClientTest() {
    new GuardedCodec(engine.engine())
        .apply(
            new Object[] {null, "added", null, channel.pipeline().context(HttpClientCodec.class)});
  }

  @AfterEach
  void letsGoOfAllBuffers() {
    channel.finishAndReleaseAll();
  }

  @Test
  void neitherItsHeadsNorItsBodiesAreLimitedOrCounted() {
    channel.pipeline().addLast(new Queues());
    send();
    silence();
    come(HEAD + "9\r\ndata: 1\n\n\r\n");
    silence();

    assertThat(channel.isOpen()).isTrue();
    assertThat(engine.guarded()).isZero();
    assertThat(engine.engine().coverage().guarded()).isEmpty();
    assertThat(engine.engine().coverage().facts()).isEmpty();
    assertThat(engine.log()).isEmpty();
  }

  @Test
  void ownCodeWhoseHeadsAreLimitedIsGuardedInPart() {
    channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
    send();
    come(HEAD + "9\r\ndata: 1\n\n\r\n");

    assertThat(engine.guarded()).isEqualTo(1);
    assertThat(engine.engine().coverage().guarded()).containsEntry("netty", 1L);
    assertThat(engine.engine().coverage().facts())
        .singleElement()
        .asString()
        .contains(" is guarded in part: it leaves the reading to Netty")
        .contains("; its waits for heads are limited, and nothing else");
    assertThat(engine.engine().coverage().summary())
        .startsWith("coverage: 1 stream or wait for a head guarded (netty 1); guarded in part: ");
  }

  private void send() {
    channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
  }

  private void come(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, UTF_8));
  }

  private void silence() {
    engine.run(Duration.ofMillis(2_100));
    channel.runPendingTasks();
    while (channel.runScheduledPendingTasks() >= 0) {
      Thread.onSpinWait();
    }
    channel.runPendingTasks();
  }
}
