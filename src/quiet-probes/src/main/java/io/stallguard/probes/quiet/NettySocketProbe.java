package io.stallguard.probes.quiet;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A WebSocket of Netty itself. */
public final class NettySocketProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    URI url = URI.create(job.url().replaceFirst("^http", "ws"));
    Echo echo = new Echo();
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Silence silence = Silence.begin();
      connect(loop, url, echo);
      received.add(echo.answer.get());
      silence.lasted(job.pauseMillis());
    } finally {
      loop.shutdownGracefully();
    }
  }

  private static void connect(EventLoopGroup loop, URI url, Echo echo) throws Exception {
    WebSocketClientProtocolConfig config =
        WebSocketClientProtocolConfig.newBuilder().webSocketUri(url).build();
    Channel channel =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connected) {
                    connected
                        .pipeline()
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(1 << 16))
                        .addLast(new WebSocketClientProtocolHandler(config))
                        .addLast(echo);
                  }
                })
            .connect(url.getHost(), url.getPort())
            .sync()
            .channel();
    echo.answer.whenComplete((answer, failure) -> channel.close());
  }

  /** Says hello and keeps the answer. */
  private static final class Echo extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        context.writeAndFlush(new TextWebSocketFrame("hello"));
      }
      context.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      answer.complete(frame.text());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answer.completeExceptionally(new IllegalStateException("closed"));
    }
  }
}
