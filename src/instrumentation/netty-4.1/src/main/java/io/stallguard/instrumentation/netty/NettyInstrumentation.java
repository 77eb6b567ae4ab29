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
    return Arrays.asList();
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
