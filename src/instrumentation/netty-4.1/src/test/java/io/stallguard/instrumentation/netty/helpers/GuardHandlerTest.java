package io.stallguard.instrumentation.netty.helpers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.stallguard.core.ManualEngine;
import java.time.Duration;
import org.asynchttpclient.HandsOverAtOnce;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a body on an event loop that turns when the test says so. */
class GuardHandlerTest {
  private static final Duration BEYOND = Duration.ofMillis(1100);
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final ManualEngine engine =
      new ManualEngine("idle=1s,first-byte=1s,event-idle=off,done-grace=1s");
  private final HandsOverAtOnce app = new HandsOverAtOnce();
  private final EmbeddedChannel channel = new EmbeddedChannel(new HttpClientCodec());

  GuardHandlerTest() {
    new GuardedCodec(engine.engine())
        .apply(
            new Object[] {null, "added", null, channel.pipeline().context(HttpClientCodec.class)});
    channel.pipeline().addLast(app);
  }

  @AfterEach
  void letsGoOfAllBuffers() {
    channel.finishAndReleaseAll();
    assertThat(app.buffers).allMatch(buffer -> buffer.refCnt() == 0);
  }

  @Test
  void aSilenceIsDecidedAndEndedOnTheLoop() {
    begin("data: 1\n\n");

    engine.run(BEYOND);
    assertThat(app.failure).as("the loop has not turned").isNull();
    turn();

    assertThat(app.text).hasToString("data: 1\n\n");
    assertThat(app.failure)
        .hasMessageStartingWith("idle limit of 1 s exceeded")
        .hasMessageEndingWith("partial content delivered");
    assertThat(channel.isOpen()).isFalse();
    engine.run(Duration.ofMillis(50));
    assertThat(engine.log()).singleElement().asString().contains("stream stalled, aborted");
  }

  @Test
  void aSilenceIsDecidedOnlyAfterTheLoopHasLookedAtItsSocketsOnceMore() {
    begin("data: 1\n\n");
    engine.run(BEYOND);

    channel.runPendingTasks();
    assertThat(app.failure).as("the batch of tasks in which it was asked").isNull();
    come(chunk("data: 2\n\n"));
    turn();

    assertThat(app.text).hasToString("data: 1\n\ndata: 2\n\n");
    assertThat(app.failure).isNull();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void bytesThatComeWhileItIsDecidedAreDeliveredAndTheStreamGoesOn() {
    begin("data: 1\n\n");
    engine.run(BEYOND);

    come(chunk("data: 2\n\n"));
    turn();
    engine.run(Duration.ofMillis(500));
    turn();
    come(chunk("data: 3\n\n") + "0\r\n\r\n");

    assertThat(app.text).hasToString("data: 1\n\ndata: 2\n\ndata: 3\n\n");
    assertThat(app.failure).isNull();
    assertThat(app.ended).isTrue();
    assertThat(channel.isOpen()).isTrue();
    assertThat(engine.log()).isEmpty();
  }

  @Test
  void whatTheCodecHadHeldBackIsNotLost() {
    begin("data: 1\n\n");
    String last = chunk("data: 22\n\n");
    come(last.substring(0, 6));
    engine.run(BEYOND);

    come(last.substring(6));
    turn();

    assertThat(app.text).hasToString("data: 1\n\ndata: 22\n\n");
    assertThat(app.failure).isNull();
  }

  /**
   * The codec of HTTP/2 makes such pieces of a frame without payload, a decompressor of few bytes.
   */
  @Test
  void piecesWithoutBytesAreNoArrival() {
    begin("data: 1\n\n");
    for (int i = 0; i < 3; i++) {
      engine.run(Duration.ofMillis(300));
      turn();
      channel.pipeline().context(HttpClientCodec.class).fireChannelRead(nothing());
      channel.flushInbound();
    }
    assertThat(app.failure).isNull();
    engine.run(Duration.ofMillis(200));
    turn();

    assertThat(app.failure)
        .hasMessageStartingWith("idle limit of 1 s exceeded")
        .hasMessageContaining("9 bytes received in 1 read,");
  }

  private static HttpContent nothing() {
    return new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
  }

  @Test
  void bytesThatAreNoneOfTheBodyAreNoArrival() {
    begin("data: 1\n\n");
    for (String framing : new String[] {"9;", "exten", "sion=1"}) {
      engine.run(Duration.ofMillis(300));
      turn();
      come(framing);
    }
    assertThat(app.failure).isNull();
    engine.run(Duration.ofMillis(200));
    turn();

    assertThat(app.failure).hasMessageStartingWith("idle limit of 1 s exceeded");
  }

  @Test
  void nobodyIsReleasedWhoDoesNotRead() {
    begin("data: 1\n\n");
    channel.config().setAutoRead(false);

    for (int i = 0; i < 5; i++) {
      engine.run(BEYOND);
      turn();
    }
    assertThat(app.failure).isNull();
    channel.config().setAutoRead(true);
    engine.run(Duration.ofMillis(990));
    turn();
    assertThat(app.failure).isNull();
    engine.run(Duration.ofMillis(110));
    turn();

    assertThat(app.failure).hasMessageStartingWith("idle limit of 1 s exceeded");
  }

  @Test
  void aBodyThatEndedMeanwhileIsLeftAlone() {
    begin("data: 1\n\n");
    engine.run(BEYOND);

    come("0\r\n\r\n");
    turn();

    assertThat(app.ended).isTrue();
    assertThat(app.failure).isNull();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void aNewBodyIsNotTakenForTheOneThatWasAskedAbout() {
    begin("data: 1\n\n");
    engine.run(BEYOND);

    come("0\r\n\r\n");
    begin("data: 2\n\n");
    turn();

    assertThat(app.text).hasToString("data: 1\n\ndata: 2\n\n");
    assertThat(app.failure).isNull();
  }

  @Test
  void aStreamThatHasSaidAllEndsWhenItsConnectionIsClosed() {
    begin("data: [DONE]\n\n");

    engine.run(BEYOND);
    turn();

    assertThat(app.failure).isNull();
    assertThat(app.endedWhileOpen).isFalse();
    assertThat(app.ended).isTrue();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void readsOfNettyItselfAreNoDemandOfAClientThatMayQueue() {
    channel.pipeline().replace(app, "queue", new ChannelInboundHandlerAdapter());
    begin("data: 1\n\n");

    engine.run(BEYOND);
    turn();

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void readsOfTheClientAreDemand() {
    channel.pipeline().addLast("other", new ChannelInboundHandlerAdapter());
    channel.pipeline().remove(app);
    channel.config().setAutoRead(false);
    begin("data: 1\n\n");

    engine.run(BEYOND);
    turn();
    assertThat(channel.isOpen()).isTrue();
    channel.read();
    engine.run(BEYOND);
    turn();

    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(channel::checkException)
        .hasMessageStartingWith("idle limit of 1 s exceeded");
  }

  @Test
  void aStreamCountsAsGuardedOnceItCanBeSeenWhoWaits() {
    channel.pipeline().remove(app);
    begin("data: 1\n\n");
    come(chunk("data: 2\n\n"));

    assertThat(engine.guarded()).as("read by Netty, for nobody knows whom").isZero();
    assertThat(engine.engine().coverage().facts())
        .singleElement()
        .asString()
        .contains("netty ")
        .contains(" is not guarded: it leaves the reading to Netty");

    channel.config().setAutoRead(false);
    come(chunk("data: 3\n\n"));
    channel.read();
    come(chunk("data: 4\n\n"));
    channel.read();

    assertThat(engine.guarded()).as("read by the client").isEqualTo(1);
  }

  @Test
  void aStreamOfAClientThatHandsOverAtOnceCountsAsGuarded() {
    begin("data: 1\n\n");

    assertThat(engine.guarded()).isEqualTo(1);
    assertThat(engine.engine().coverage().facts()).isEmpty();
  }

  private void begin(String event) {
    channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
    come(HEAD + chunk(event));
  }

  private void come(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, UTF_8));
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** Runs what the loop was given, also what was put off for a moment. */
  private void turn() {
    channel.runPendingTasks();
    while (channel.runScheduledPendingTasks() >= 0) {
      Thread.onSpinWait();
    }
    channel.runPendingTasks();
  }
}
