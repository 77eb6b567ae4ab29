package io.stallguard.instrumentation.netty.helpers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Stream;
import io.stallguard.core.ManualEngine;
import java.time.Duration;
import org.asynchttpclient.HandsOverAtOnce;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a stream of HTTP/2 whose siblings use up the window of the connection. */
class SharedConnectionTest {
  private static final Duration BEYOND = Duration.ofMillis(1100);
  private static final int WINDOW = 65_535;
  private static final long LATE_NANOS = 120_000_000;
  private static final int PIECE = 1_000;

  private final ManualEngine engine = new ManualEngine("idle=1s,first-byte=1s");
  private final Http2FrameCodec codec = Http2FrameCodecBuilder.forClient().build();
  private final EmbeddedChannel connection = new EmbeddedChannel(codec);
  private final EmbeddedChannel stream =
      new EmbeddedChannel(connection, DefaultChannelId.newInstance(), true, false);
  private final HandsOverAtOnce app = new HandsOverAtOnce();

  SharedConnectionTest() {
    new GuardedStreams(engine.engine()).apply(new Object[] {null, "stream", null, stream});
    stream.pipeline().addLast(app);
  }

  @AfterEach
  void close() {
    stream.finishAndReleaseAll();
    connection.finishAndReleaseAll();
  }

  @Test
  void aWindowThatWasOpenedWhileTheVerdictWasAskedForPutsItOff() throws Http2Exception {
    begin();
    engine.run(BEYOND);

    Http2Stream sibling = received(WINDOW);
    stream.runPendingTasks();
    flow().local().flowController().consumeBytes(sibling, WINDOW);
    turn();
    assertThat(app.failure).isNull();
    engine.run(BEYOND);
    turn();

    assertThat(app.failure).hasMessageStartingWith("idle limit of 1 s exceeded");
  }

  /** What a busy loop has left in its sockets comes in piece by piece, and of others first. */
  @Test
  void whatComesForOthersAfterABusyLoopPutsAVerdictOff() throws Http2Exception {
    begin();
    received(PIECE);
    engine.run(BEYOND);
    beLate();

    stream.runPendingTasks();
    stepWhileOthersReceive();
    assertThat(app.failure).isNull();
    turn();

    assertThat(app.failure).hasMessageStartingWith("idle limit of 1 s exceeded");
  }

  @Test
  void aConnectionIsSharedOnceThereIsASecondStream() throws Http2Exception {
    Http2Frames frames = new Http2Frames();

    flow().local().createStream(flow().local().incrementAndGetNextStreamId(), false);
    assertThat(frames.isShared(stream)).isFalse();
    flow().local().createStream(flow().local().incrementAndGetNextStreamId(), false);

    assertThat(frames.isShared(stream)).isTrue();
    assertThat(frames.isShared(connection)).isFalse();
    assertThat(new HttpMessages().isShared(connection)).isFalse();
  }

  private void begin() {
    stream.writeOutbound(
        new DefaultHttp2HeadersFrame(
            new DefaultHttp2Headers().method("POST").scheme("https").authority("a").path("/"),
            true));
    stream.writeInbound(
        new DefaultHttp2HeadersFrame(
            new DefaultHttp2Headers().status("200").add("content-type", "text/event-stream")),
        new DefaultHttp2DataFrame(Unpooled.copiedBuffer("data: 1\n\n", UTF_8)));
    stream.read();
  }

  /** A sibling gets bytes that its consumer does not take. */
  private Http2Stream received(int bytes) throws Http2Exception {
    Http2Stream sibling =
        flow().local().createStream(flow().local().incrementAndGetNextStreamId(), false);
    ByteBuf data = Unpooled.wrappedBuffer(new byte[bytes]);
    flow().local().flowController().receiveFlowControlledFrame(sibling, data, 0, false);
    data.release();
    return sibling;
  }

  private Http2Connection flow() {
    return codec.connection();
  }

  /** The loop is busy with something else. */
  private static void beLate() {
    long from = System.nanoTime();
    while (System.nanoTime() - from < LATE_NANOS) {
      Thread.onSpinWait();
    }
  }

  /** Runs what was put off for a moment, whenever that was. */
  private void stepWhileOthersReceive() throws Http2Exception {
    received(PIECE);
    long dueNanos = System.nanoTime() + stream.runScheduledPendingTasks();
    while (System.nanoTime() < dueNanos) {
      Thread.onSpinWait();
    }
    received(PIECE);
    stream.runScheduledPendingTasks();
  }

  /** Runs what the loop was given, also what was put off for a moment. */
  private void turn() {
    stream.runPendingTasks();
    while (stream.runScheduledPendingTasks() >= 0) {
      Thread.onSpinWait();
    }
    stream.runPendingTasks();
  }
}
