import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Own code on Netty's codec: one request. */
public final class NettyUse implements Consumer<String> {
  @Override
  public void accept(String url) {
    URI uri = URI.create(url);
    CompletableFuture<Void> end = new CompletableFuture<>();
    EventLoopGroup loop = new NioEventLoopGroup(1);
    try {
      Channel channel =
          new Bootstrap()
              .group(loop)
              .channel(NioSocketChannel.class)
              .handler(new Pipeline(end))
              .connect(uri.getHost(), uri.getPort())
              .syncUninterruptibly()
              .channel();
      HttpRequest request =
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri.getRawPath());
      request.headers().set("Host", uri.getAuthority());
      channel.writeAndFlush(request);
      end.join();
    } finally {
      loop.shutdownGracefully();
    }
  }

  /** What is in the channel. */
  private static final class Pipeline extends ChannelInitializer<Channel> {
    private final CompletableFuture<Void> end;

    Pipeline(CompletableFuture<Void> end) {
      this.end = end;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(new HttpClientCodec(), new Reading(end));
    }
  }

  /** Takes what comes. */
  private static final class Reading extends SimpleChannelInboundHandler<Object> {
    private final CompletableFuture<Void> end;

    Reading(CompletableFuture<Void> end) {
      this.end = end;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      if (message instanceof LastHttpContent) {
        end.complete(null);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      end.completeExceptionally(cause);
    }
  }
}
