package io.stallguard.instrumentation.netty.helpers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.stallguard.core.ManualEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asynchttpclient.HandsOverAtOnce;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a wait for a head on an event loop that turns when the test says so. */
class AwaitedHeadTest {
  private static final Duration BEYOND = Duration.ofMillis(1100);
  private static final String OURS = "head limit of 1 s exceeded: no response head for ";
  private static final String WHOLE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

  private final HandsOverAtOnce app = new HandsOverAtOnce();
  private final Unwritten unwritten = new Unwritten();
  private final EmbeddedChannel channel = new EmbeddedChannel(unwritten, new HttpClientCodec());
  private final ManualEngine engine = new ManualEngine("head=1s,idle=1s");

  @BeforeEach
  void guard() {
    guard(engine);
  }

  private void guard(ManualEngine limits) {
    new GuardedCodec(limits.engine())
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
    send();

    engine.run(BEYOND);
    assertThat(app.failure).as("the loop has not turned").isNull();
    turn();

    assertThat(app.failure)
        .hasMessageStartingWith(OURS)
        .hasMessageEndingWith("nothing delivered: safe to retry");
    assertThat(channel.isOpen()).isFalse();
    engine.run(Duration.ofMillis(50));
    assertThat(engine.log()).singleElement().asString().contains("stream stalled, aborted");
  }

  @Test
  void aHeadThatComesWhileItIsDecidedIsDelivered() {
    send();
    engine.run(BEYOND);

    come(WHOLE);
    turn();

    assertThat(app.text).hasToString("{}");
    assertThat(app.failure).isNull();
    assertThat(channel.isOpen()).isTrue();
    assertThat(engine.log()).isEmpty();
  }

  @Test
  void aConnectionThatIsIdleWaitsForNothing() {
    send();
    come(WHOLE);

    engine.run(BEYOND);
    turn();

    assertThat(app.failure).isNull();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void eachRequestOfAConnectionIsWaitedFor() {
    send();
    come(WHOLE);
    send();

    engine.run(BEYOND);
    turn();

    assertThat(app.failure).hasMessageStartingWith(OURS);
  }

  @Test
  void theWaitBeginsWhenAllOfTheRequestHasGone() {
    channel.writeOutbound(
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/v1/messages"));
    unwritten.holds = true;
    channel.writeOneOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
    engine.run(BEYOND);
    turn();
    assertThat(app.failure).isNull();

    unwritten.write();
    engine.run(Duration.ofMillis(500));
    turn();
    assertThat(app.failure).isNull();
    engine.run(BEYOND);
    turn();

    assertThat(app.failure).hasMessageStartingWith(OURS);
  }

  @Test
  void aRequestThatCouldNotBeSentIsNotWaitedFor() {
    unwritten.holds = true;
    channel.writeOneOutbound(request());

    unwritten.fail();
    engine.run(BEYOND);
    turn();

    assertThat(app.failure).isNull();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void anInterimHeadBeginsTheSilenceAnew() {
    send();
    engine.run(Duration.ofMillis(900));
    come("HTTP/1.1 102 Processing\r\n\r\n");

    engine.run(Duration.ofMillis(900));
    turn();
    assertThat(app.failure).isNull();
    engine.run(Duration.ofMillis(200));
    turn();

    assertThat(app.failure).hasMessageStartingWith(OURS);
  }

  @Test
  void requestsThatWaitForEachOtherAreLeftAlone() {
    unwritten.holds = true;
    channel.writeOneOutbound(request());
    channel.writeOneOutbound(request());
    unwritten.write();

    engine.run(BEYOND);
    turn();

    assertThat(app.failure).isNull();
  }

  @Test
  void aChannelThatNobodyReadsIsNoSilenceOfTheServer() {
    send();
    come(WHOLE);
    channel.config().setAutoRead(false);
    send();

    engine.run(BEYOND);
    turn();
    assertThat(app.failure).isNull();
    channel.read();
    engine.run(BEYOND);
    turn();

    assertThat(app.failure).hasMessageStartingWith(OURS);
  }

  @Test
  void whatTheAppClosesIsNoStall() {
    send();

    channel.close();
    engine.run(BEYOND);
    turn();

    assertThat(app.failure).isNull();
    assertThat(engine.log()).isEmpty();
  }

  @Test
  void theBodyThatFollowsHasItsOwnLimit() {
    send();
    engine.run(Duration.ofMillis(900));
    come("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");

    engine.run(Duration.ofMillis(900));
    turn();
    assertThat(app.failure).isNull();
    engine.run(Duration.ofMillis(200));
    turn();

    assertThat(app.failure).hasMessageStartingWith("idle limit of 1 s exceeded");
  }

  private void send() {
    channel.writeOutbound(request());
  }

  private static DefaultFullHttpRequest request() {
    return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/v1/messages");
  }

  private void come(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, UTF_8));
  }

  /** Runs what the loop was given, also what was put off for a moment. */
  private void turn() {
    channel.runPendingTasks();
    while (channel.runScheduledPendingTasks() >= 0) {
      Thread.onSpinWait();
    }
    channel.runPendingTasks();
  }

  /** A network that takes its time. */
  private static final class Unwritten extends ChannelOutboundHandlerAdapter {
    private final List<ChannelPromise> held = new ArrayList<>();
    boolean holds;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (holds) {
        ReferenceCountUtil.release(message);
        held.add(promise);
      } else {
        context.write(message, promise);
      }
    }

    void write() {
      held.forEach(ChannelPromise::trySuccess);
    }

    void fail() {
      held.forEach(promise -> promise.tryFailure(new IllegalStateException("gone")));
    }
  }
}
