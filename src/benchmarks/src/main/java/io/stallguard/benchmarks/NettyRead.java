package io.stallguard.benchmarks;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.stallguard.instrumentation.netty.helpers.GuardedCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Turns of Netty's event loop, each with one piece of a body, through a pipeline: bare, with
 * Netty's own timeout, and with the handler of our instrumentation.
 */
@State(Scope.Thread)
public class NettyRead {
  // The piece is the same object each time, and nobody releases it: all that is allocated is by the
  // handler. It is what the codec gives: a slice of the direct buffer that was read into.

  private static final int TIMEOUT_SECONDS = 300;
  private static final String PLAIN = "identity";

  private final HttpContent piece =
      new DefaultHttpContent(
          PooledByteBufAllocator.DEFAULT
              .directBuffer()
              .writeBytes(MemoryStream.event())
              .retainedSlice());
  private final EmbeddedChannel bare = channel(new ChannelInboundHandlerAdapter(), PLAIN);
  private final EmbeddedChannel timed = channel(new ReadTimeoutHandler(TIMEOUT_SECONDS), PLAIN);
  private final EmbeddedChannel guarded = channel(new Tapped(), PLAIN);
  private final EmbeddedChannel guardedBytes = channel(new Tapped(), Streams.COMPRESSED);

  private static EmbeddedChannel channel(ChannelHandler handler, String encoding) {
    EmbeddedChannel channel = new EmbeddedChannel(handler, new Consumer());
    HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    request.headers().set("Host", "api.example.com");
    channel.writeOutbound(request);
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set("Content-Type", Streams.GUARDED_TYPE)
        .set("Content-Encoding", encoding)
        .set("Transfer-Encoding", "chunked");
    channel.writeInbound(head);
    return channel;
  }

  @Benchmark
  public void bare() {
    turn(bare);
  }

  @Benchmark
  public void readTimeout() {
    turn(timed);
  }

  @Benchmark
  public void guarded() {
    turn(guarded);
  }

  @Benchmark
  public void guardedBytes() {
    turn(guardedBytes);
  }

  /** At whose end Netty asks for more, by itself. */
  private void turn(EmbeddedChannel channel) {
    channel.pipeline().fireChannelRead(piece);
    channel.pipeline().fireChannelReadComplete();
  }

  /** Stands for the codec, behind which ours is put. */
  private static final class Tapped extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      Object unused =
          new GuardedCodec(Streams.engine(""))
              .apply(new Object[] {Tapped.class, "added", null, context});
    }
  }

  /** The app. */
  private static final class Consumer extends ChannelInboundHandlerAdapter {
    private long bytes;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      bytes += message instanceof HttpContent content ? content.content().readableBytes() : 0;
    }

    @Override
    public String toString() {
      return bytes + " bytes";
    }
  }
}
