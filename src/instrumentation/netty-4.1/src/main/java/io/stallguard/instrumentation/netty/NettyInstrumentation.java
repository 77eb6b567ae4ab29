package io.stallguard.instrumentation.netty;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** Instruments the client side of Netty's codec of HTTP/1.1. */
public final class NettyInstrumentation extends InstrumentationModule {
  private static final List<String> REFERENCES =
      Arrays.asList(
          "io/netty/channel/Channel#eventLoop()Lio/netty/channel/EventLoop;",
          "io/netty/channel/ChannelHandlerContext#name()Ljava/lang/String;",
          "io/netty/channel/ChannelPipeline#addAfter(Lio/netty/util/concurrent/EventExecutorGroup;Ljava/lang/String;Ljava/lang/String;Lio/netty/channel/ChannelHandler;)Lio/netty/channel/ChannelPipeline;",
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
          "io/netty/handler/codec/http/LastHttpContent#EMPTY_LAST_CONTENT:Lio/netty/handler/codec/http/LastHttpContent;");

  @Override
  public String name() {
    return "netty";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.singletonList(
        TypeInstrumentation.of("io.netty.channel.CombinedChannelDuplexHandler")
            .advise(
                "handlerAdded", "(Lio/netty/channel/ChannelHandlerContext;)V", AddedAdvice.class)
            .adviseAttached(
                "write",
                "(Lio/netty/channel/ChannelHandlerContext;Ljava/lang/Object;Lio/netty/channel/ChannelPromise;)V",
                WrittenAdvice.class));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.netty.helpers.GuardedCodec";
  }

  @Override
  public List<String> references() {
    return SharedReferences.and(REFERENCES);
  }

  /** After a codec was put into a pipeline. The class is shared by codecs of many protocols. */
  static final class AddedAdvice {
    private AddedAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object codec,
        @Advice.Argument(0) Object context) {
      if (codec.getClass().getName().equals("io.netty.handler.codec.http.HttpClientCodec")) {
        hook.apply("netty", new Object[] {codec, "added", null, context});
      }
    }
  }

  /** Before a codec writes: one of a pool may have been put into its pipeline before we came. */
  static final class WrittenAdvice {
    private WrittenAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object codec,
        @Advice.Argument(0) Object context,
        @Advice.Argument(1) Object message) {
      if (codec.getClass().getName().equals("io.netty.handler.codec.http.HttpClientCodec")) {
        hook.apply("netty", new Object[] {codec, "written", null, context, message});
      }
    }
  }
}
