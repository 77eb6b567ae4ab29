package io.stallguard.instrumentation.netty;

import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** Instruments the client side of Netty's codec of HTTP/1.1. */
public final class NettyInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "netty";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.singletonList(
        TypeInstrumentation.of("io.netty.channel.CombinedChannelDuplexHandler")
            .advise(
                "handlerAdded", "(Lio/netty/channel/ChannelHandlerContext;)V", AddedAdvice.class));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.netty.helpers.GuardedCodec";
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
        "io/netty/channel/Channel#eventLoop()Lio/netty/channel/EventLoop;",
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
        "io/netty/channel/ChannelHandlerContext#name()Ljava/lang/String;",
        "io/netty/channel/ChannelHandlerContext#pipeline()Lio/netty/channel/ChannelPipeline;",
        "io/netty/channel/ChannelHandlerContext#read()Lio/netty/channel/ChannelHandlerContext;",
        "io/netty/channel/ChannelHandlerContext#write(Ljava/lang/Object;Lio/netty/channel/ChannelPromise;)Lio/netty/channel/ChannelFuture;",
        "io/netty/channel/ChannelPipeline#addAfter(Lio/netty/util/concurrent/EventExecutorGroup;Ljava/lang/String;Ljava/lang/String;Lio/netty/channel/ChannelHandler;)Lio/netty/channel/ChannelPipeline;",
        "io/netty/channel/ChannelPipeline#get(Ljava/lang/Class;)Lio/netty/channel/ChannelHandler;",
        "io/netty/channel/ChannelPipeline#remove(Lio/netty/channel/ChannelHandler;)Lio/netty/channel/ChannelPipeline;",
        "io/netty/channel/ChannelPipeline#toMap()Ljava/util/Map;",
        "io/netty/handler/codec/http/DefaultHttpContent#<init>(Lio/netty/buffer/ByteBuf;)V",
        "io/netty/handler/codec/http/HttpContent#content()Lio/netty/buffer/ByteBuf;",
        "io/netty/handler/codec/http/HttpHeaders#get(Ljava/lang/String;)Ljava/lang/String;",
        "io/netty/handler/codec/http/HttpMethod#name()Ljava/lang/String;",
        "io/netty/handler/codec/http/HttpRequest#headers()Lio/netty/handler/codec/http/HttpHeaders;",
        "io/netty/handler/codec/http/HttpRequest#method()Lio/netty/handler/codec/http/HttpMethod;",
        "io/netty/handler/codec/http/HttpRequest#uri()Ljava/lang/String;",
        "io/netty/handler/codec/http/HttpResponse#headers()Lio/netty/handler/codec/http/HttpHeaders;",
        "io/netty/handler/codec/http/HttpResponse#protocolVersion()Lio/netty/handler/codec/http/HttpVersion;",
        "io/netty/handler/codec/http/HttpResponse#status()Lio/netty/handler/codec/http/HttpResponseStatus;",
        "io/netty/handler/codec/http/HttpResponseStatus#code()I",
        "io/netty/handler/codec/http/HttpVersion#text()Ljava/lang/String;",
        "io/netty/handler/codec/http/LastHttpContent#EMPTY_LAST_CONTENT:Lio/netty/handler/codec/http/LastHttpContent;",
        "io/netty/util/Attribute#set(Ljava/lang/Object;)V",
        "io/netty/util/AttributeKey#valueOf(Ljava/lang/String;)Lio/netty/util/AttributeKey;",
        "io/netty/util/ReferenceCountUtil#release(Ljava/lang/Object;)Z",
        "io/netty/util/concurrent/EventExecutor#execute(Ljava/lang/Runnable;)V",
        "io/netty/util/concurrent/EventExecutor#schedule(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)Lio/netty/util/concurrent/ScheduledFuture;");
  }

  /** After a codec was put into a pipeline. The class is shared by codecs of many protocols. */
  static final class AddedAdvice {
    private AddedAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings({"unchecked", "ReturnValueIgnored"})
    static void exit(@Advice.This Object codec, @Advice.Argument(0) Object context)
        throws ReflectiveOperationException {
      if (codec.getClass().getName().equals("io.netty.handler.codec.http.HttpClientCodec")) {
        ((BiFunction<String, Object[], Object>)
                ClassLoader.getSystemClassLoader()
                    .loadClass("io.stallguard.agent.Hooks")
                    .getField("hook")
                    .get(null))
            .apply("netty", new Object[] {codec, context});
      }
    }
  }
}
