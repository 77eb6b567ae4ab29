package io.stallguard.instrumentation.netty.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What siblings on a connection of HTTP/2 mean for a stream. */
class Http2FramesTest {
  private final Http2FrameCodec codec = Http2FrameCodecBuilder.forClient().build();
  private final EmbeddedChannel connection = new EmbeddedChannel(codec);
  private final Http2Frames frames = new Http2Frames();

  @AfterEach
  void close() {
    connection.finishAndReleaseAll();
  }

  @Test
  void aStreamIsNotHeldUpByTheFirstFrameOfAnother() throws Http2Exception {
    received(16_384);

    assertThat(frames.isHeldUpByOthers(stream())).isFalse();
  }

  @Test
  void aStreamIsHeldUpOnceAnotherHasUsedUpTheWindow() throws Http2Exception {
    received(65_535);

    assertThat(frames.isHeldUpByOthers(stream())).isTrue();
  }

  @Test
  void aChannelOfAnotherKindIsNotHeldUp() {
    assertThat(frames.isHeldUpByOthers(connection)).isFalse();
    assertThat(new HttpMessages().isHeldUpByOthers(connection)).isFalse();
  }

  /** A sibling gets bytes that its consumer does not take. */
  private void received(int bytes) throws Http2Exception {
    Http2Connection http2 = codec.connection();
    Http2Stream sibling =
        http2.local().createStream(http2.local().incrementAndGetNextStreamId(), false);
    ByteBuf data = Unpooled.wrappedBuffer(new byte[bytes]);
    http2.local().flowController().receiveFlowControlledFrame(sibling, data, 0, false);
    data.release();
  }

  private Channel stream() {
    return new EmbeddedChannel(connection, DefaultChannelId.newInstance(), true, false);
  }
}
