package io.stallguard.instrumentation.netty;

import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** Instruments the client side of Netty's streams of HTTP/2, where each has a channel. */
public final class NettyHttp2Instrumentation extends InstrumentationModule {
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
    return Arrays.asList(
        "io/netty/buffer/ByteBuf#array()[B",
        "io/netty/buffer/ByteBuf#arrayOffset()I",
        "io/netty/buffer/ByteBuf#hasArray()Z",
        "io/netty/buffer/ByteBuf#isReadable()Z",
        "io/netty/buffer/ByteBuf#nioBuffer(II)Ljava/nio/ByteBuffer;",
        "io/netty/buffer/ByteBuf#nioBufferCount()I",
        "io/netty/buffer/ByteBuf#nioBuffers(II)[Ljava/nio/ByteBuffer;",
        "io/netty/buffer/ByteBuf#readableBytes()I",
        "io/netty/buffer/ByteBuf#readerIndex()I",
        "io/netty/buffer/ByteBufUtil#getBytes(Lio/netty/buffer/ByteBuf;)[B",
        "io/netty/channel/Channel#attr(Lio/netty/util/AttributeKey;)Lio/netty/util/Attribute;",
        "io/netty/channel/Channel#config()Lio/netty/channel/ChannelConfig;",
        "io/netty/channel/Channel#parent()Lio/netty/channel/Channel;",
        "io/netty/channel/Channel#pipeline()Lio/netty/channel/ChannelPipeline;",
        "io/netty/channel/Channel#remoteAddress()Ljava/net/SocketAddress;",
        "io/netty/channel/ChannelConfig#isAutoRead()Z",
        "io/netty/channel/ChannelDuplexHandler#<init>()V",
        "io/netty/channel/ChannelDuplexHandler#channelInactive(Lio/netty/channel/ChannelHandlerContext;)V",
        "io/netty/channel/ChannelDuplexHandler#channelRead(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;)V",
        "io/netty/channel/ChannelDuplexHandler#channelReadComplete(Lio/netty/channel/ChannelHandlerContext;)V",
        "io/netty/channel/ChannelDuplexHandler#close(Lio/netty/channel/ChannelHandlerContext;Lio/netty/channel/ChannelPromise;)V",
        "io/netty/channel/ChannelDuplexHandler#exceptionCaught(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Throwable;)V",
        "io/netty/channel/ChannelDuplexHandler#handlerRemoved(Lio/netty/channel/ChannelHandlerContext;)V",
        "io/netty/channel/ChannelDuplexHandler#read(Lio/netty/channel/ChannelHandlerContext;)V",
        "io/netty/channel/ChannelDuplexHandler#write(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;Lio/netty/channel/ChannelPromise;)V",
        "io/netty/channel/ChannelException#<init>(Ljava/lang/String;)V",
        "io/netty/channel/ChannelHandlerContext#channel()Lio/netty/channel/Channel;",
        "io/netty/channel/ChannelHandlerContext#close()Lio/netty/channel/ChannelFuture;",
        "io/netty/channel/ChannelHandlerContext#close(Lio/netty/channel/ChannelPromise;)Lio/netty/channel/ChannelFuture;",
        "io/netty/channel/ChannelHandlerContext#executor()Lio/netty/util/concurrent/EventExecutor;",
        "io/netty/channel/ChannelHandlerContext#fireChannelInactive()Lio/netty/channel/ChannelHandlerContext;",
        "io/netty/channel/ChannelHandlerContext#fireChannelRead(Ljava/lang/Object;)Lio/netty/channel/ChannelHandlerContext;",
        "io/netty/channel/ChannelHandlerContext#fireChannelReadComplete()Lio/netty/channel/ChannelHandlerContext;",
        "io/netty/channel/ChannelHandlerContext#fireExceptionCaught(Ljava/lang/Throwable;)Lio/netty/channel/ChannelHandlerContext;",
        "io/netty/channel/ChannelHandlerContext#isRemoved()Z",
        "io/netty/channel/ChannelHandlerContext#pipeline()Lio/netty/channel/ChannelPipeline;",
        "io/netty/channel/ChannelHandlerContext#read()Lio/netty/channel/ChannelHandlerContext;",
        "io/netty/channel/ChannelHandlerContext#write(Ljava/lang/Object;Lio/netty/channel/ChannelPromise;)Lio/netty/channel/ChannelFuture;",
        "io/netty/channel/ChannelPipeline#addFirst([Lio/netty/channel/ChannelHandler;)Lio/netty/channel/ChannelPipeline;",
        "io/netty/channel/ChannelPipeline#get(Ljava/lang/Class;)Lio/netty/channel/ChannelHandler;",
        "io/netty/channel/ChannelPipeline#remove(Lio/netty/channel/ChannelHandler;)Lio/netty/channel/ChannelPipeline;",
        "io/netty/channel/ChannelPipeline#toMap()Ljava/util/Map;",
        "io/netty/handler/codec/http2/DefaultHttp2DataFrame#<init>(Lio/netty/buffer/ByteBuf;ZI)V",
        "io/netty/handler/codec/http2/DefaultHttp2DataFrame#<init>(Z)V",
        "io/netty/handler/codec/http2/Http2Connection#connectionStream()Lio/netty/handler/codec/http2/Http2Stream;",
        "io/netty/handler/codec/http2/Http2Connection#local()Lio/netty/handler/codec/http2/Http2Connection$Endpoint;",
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
        "io/netty/util/Attribute#set(Ljava/lang/Object;)V",
        "io/netty/util/AttributeKey#valueOf(Ljava/lang/String;)Lio/netty/util/AttributeKey;",
        "io/netty/util/ReferenceCountUtil#release(Ljava/lang/Object;)Z",
        "io/netty/util/concurrent/EventExecutor#execute(Ljava/lang/Runnable;)V",
        "io/netty/util/concurrent/EventExecutor#schedule(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)Lio/netty/util/concurrent/ScheduledFuture;");
  }

  /** After the client has put its own handlers into a new stream's channel. */
  static final class InitAdvice {
    private InitAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings({"unchecked", "ReturnValueIgnored"})
    static void exit(@Advice.This Object bootstrap, @Advice.Argument(0) Object channel)
        throws ReflectiveOperationException {
      ((BiFunction<String, Object[], Object>)
              ClassLoader.getSystemClassLoader()
                  .loadClass("io.stallguard.agent.Hooks")
                  .getField("hook")
                  .get(null))
          .apply("netty-http2", new Object[] {bootstrap, channel});
    }
  }
}
