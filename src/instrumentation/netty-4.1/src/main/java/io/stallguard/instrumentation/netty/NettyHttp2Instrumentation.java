package io.stallguard.instrumentation.netty;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** Instruments the client side of Netty's streams of HTTP/2, where each has a channel. */
public final class NettyHttp2Instrumentation extends InstrumentationModule {
  private static final List<String> REFERENCES =
      Arrays.asList(
          "io/netty/buffer/Unpooled#EMPTY_BUFFER:Lio/netty/buffer/ByteBuf;",
          "io/netty/channel/Channel#closeFuture()Lio/netty/channel/ChannelFuture;",
          "io/netty/channel/Channel#eventLoop()Lio/netty/channel/EventLoop;",
          "io/netty/channel/Channel#isOpen()Z",
          "io/netty/channel/ChannelFuture#addListener(Lio/netty/util/concurrent/GenericFutureListener;)Lio/netty/channel/ChannelFuture;",
          "io/netty/channel/ChannelHandlerContext#handler()Lio/netty/channel/ChannelHandler;",
          "io/netty/channel/ChannelPipeline#addFirst([Lio/netty/channel/ChannelHandler;)Lio/netty/channel/ChannelPipeline;",
          "io/netty/channel/ChannelPipeline#context(Ljava/lang/Class;)Lio/netty/channel/ChannelHandlerContext;",
          "io/netty/channel/EventLoop#inEventLoop()Z",
          "io/netty/channel/EventLoop#schedule(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)Lio/netty/util/concurrent/ScheduledFuture;",
          "io/netty/handler/codec/http2/DefaultHttp2DataFrame#<init>(Lio/netty/buffer/ByteBuf;ZI)V",
          "io/netty/handler/codec/http2/DefaultHttp2DataFrame#<init>(Z)V",
          "io/netty/handler/codec/http2/Http2Connection#connectionStream()Lio/netty/handler/codec/http2/Http2Stream;",
          "io/netty/handler/codec/http2/Http2Connection#forEachActiveStream(Lio/netty/handler/codec/http2/Http2StreamVisitor;)Lio/netty/handler/codec/http2/Http2Stream;",
          "io/netty/handler/codec/http2/Http2Connection#goAwayReceived()Z",
          "io/netty/handler/codec/http2/Http2Connection#goAwayReceived(IJLio/netty/buffer/ByteBuf;)V",
          "io/netty/handler/codec/http2/Http2Connection#local()Lio/netty/handler/codec/http2/Http2Connection$Endpoint;",
          "io/netty/handler/codec/http2/Http2Connection#numActiveStreams()I",
          "io/netty/handler/codec/http2/Http2Connection$Endpoint#flowController()Lio/netty/handler/codec/http2/Http2FlowController;",
          "io/netty/handler/codec/http2/Http2DataFrame#content()Lio/netty/buffer/ByteBuf;",
          "io/netty/handler/codec/http2/Http2DataFrame#isEndStream()Z",
          "io/netty/handler/codec/http2/Http2DataFrame#padding()I",
          "io/netty/handler/codec/http2/Http2FrameCodec#connection()Lio/netty/handler/codec/http2/Http2Connection;",
          "io/netty/handler/codec/http2/Http2Headers#authority()Ljava/lang/CharSequence;",
          "io/netty/handler/codec/http2/Http2Headers#get(Ljava/lang/Object;)Ljava/lang/Object;",
          "io/netty/handler/codec/http2/Http2Headers#method()Ljava/lang/CharSequence;",
          "io/netty/handler/codec/http2/Http2Headers#path()Ljava/lang/CharSequence;",
          "io/netty/handler/codec/http2/Http2Headers#scheme()Ljava/lang/CharSequence;",
          "io/netty/handler/codec/http2/Http2Headers#status()Ljava/lang/CharSequence;",
          "io/netty/handler/codec/http2/Http2HeadersFrame#headers()Lio/netty/handler/codec/http2/Http2Headers;",
          "io/netty/handler/codec/http2/Http2HeadersFrame#isEndStream()Z",
          "io/netty/handler/codec/http2/Http2LocalFlowController#windowSize(Lio/netty/handler/codec/http2/Http2Stream;)I",
          "io/netty/handler/codec/http2/Http2Stream#isResetSent()Z",
          "io/netty/util/Attribute#setIfAbsent(Ljava/lang/Object;)Ljava/lang/Object;");

  @Override
  public String name() {
    return "netty-http2";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.singletonList(
        TypeInstrumentation.of("io.netty.handler.codec.http2.Http2StreamChannelBootstrap")
            .advise("init", "(Lio/netty/channel/Channel;)V", InitAdvice.class));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.netty.helpers.GuardedStreams";
  }

  @Override
  public List<String> references() {
    return SharedReferences.and(REFERENCES);
  }

  /** After the client has put its own handlers into a new stream's channel. */
  static final class InitAdvice {
    private InitAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object bootstrap,
        @Advice.Argument(0) Object channel) {
      hook.apply("netty-http2", new Object[] {bootstrap, "stream", null, channel});
    }
  }
}
