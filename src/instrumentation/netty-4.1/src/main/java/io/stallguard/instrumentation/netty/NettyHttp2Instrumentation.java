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
    return Arrays.asList();
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
