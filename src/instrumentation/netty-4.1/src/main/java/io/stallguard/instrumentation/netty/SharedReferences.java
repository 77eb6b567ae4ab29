package io.stallguard.instrumentation.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the helpers of both modules use of Netty. */
final class SharedReferences {
  private static final List<String> SHARED =
      Arrays.asList(
          "io/netty/buffer/ByteBuf#array()[B",
          "io/netty/buffer/ByteBuf#arrayOffset()I",
          "io/netty/buffer/ByteBuf#getBytes(I[BII)Lio/netty/buffer/ByteBuf;",
          "io/netty/buffer/ByteBuf#hasArray()Z",
          "io/netty/buffer/ByteBuf#isReadable()Z",
          "io/netty/buffer/ByteBuf#readableBytes()I",
          "io/netty/buffer/ByteBuf#readerIndex()I",
          "io/netty/buffer/ByteBuf#writerIndex()I",
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
          "io/netty/channel/ChannelDuplexHandler#flush(Lio/netty/channel/ChannelHandlerContext;)V",
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
          "io/netty/channel/ChannelHandlerContext#flush()Lio/netty/channel/ChannelHandlerContext;",
          "io/netty/channel/ChannelHandlerContext#isRemoved()Z",
          "io/netty/channel/ChannelHandlerContext#pipeline()Lio/netty/channel/ChannelPipeline;",
          "io/netty/channel/ChannelHandlerContext#read()Lio/netty/channel/ChannelHandlerContext;",
          "io/netty/channel/ChannelHandlerContext#write(Ljava/lang/Object;Lio/netty/channel/ChannelPromise;)Lio/netty/channel/ChannelFuture;",
          "io/netty/channel/ChannelInboundHandler#exceptionCaught(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Throwable;)V",
          "io/netty/channel/ChannelPipeline#context(Lio/netty/channel/ChannelHandler;)Lio/netty/channel/ChannelHandlerContext;",
          "io/netty/channel/ChannelPipeline#get(Ljava/lang/Class;)Lio/netty/channel/ChannelHandler;",
          "io/netty/channel/ChannelPipeline#remove(Lio/netty/channel/ChannelHandler;)Lio/netty/channel/ChannelPipeline;",
          "io/netty/channel/ChannelPipeline#toMap()Ljava/util/Map;",
          "io/netty/channel/ChannelPromise#addListener(Lio/netty/util/concurrent/GenericFutureListener;)Lio/netty/channel/ChannelPromise;",
          "io/netty/channel/ChannelPromise#unvoid()Lio/netty/channel/ChannelPromise;",
          "io/netty/util/Attribute#get()Ljava/lang/Object;",
          "io/netty/util/Attribute#set(Ljava/lang/Object;)V",
          "io/netty/util/AttributeKey#exists(Ljava/lang/String;)Z",
          "io/netty/util/AttributeKey#valueOf(Ljava/lang/String;)Lio/netty/util/AttributeKey;",
          "io/netty/util/ReferenceCountUtil#release(Ljava/lang/Object;)Z",
          "io/netty/util/concurrent/EventExecutor#execute(Ljava/lang/Runnable;)V",
          "io/netty/util/concurrent/EventExecutor#inEventLoop()Z",
          "io/netty/util/concurrent/EventExecutor#isTerminated()Z",
          "io/netty/util/concurrent/EventExecutor#schedule(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)Lio/netty/util/concurrent/ScheduledFuture;",
          "io/netty/util/concurrent/Future#isSuccess()Z");

  private SharedReferences() {}

  /** These references, and those of one module alone. */
  static List<String> and(List<String> own) {
    List<String> all = new ArrayList<>(SHARED);
    all.addAll(own);
    return all;
  }
}
