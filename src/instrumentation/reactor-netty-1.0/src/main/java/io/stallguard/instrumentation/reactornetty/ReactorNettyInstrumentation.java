package io.stallguard.instrumentation.reactornetty;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Instruments Reactor Netty where a consumer subscribes to what a channel receives. */
public final class ReactorNettyInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "reactor-netty";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.singletonList(
        TypeInstrumentation.of("reactor.netty.channel.FluxReceive")
            .advise("subscribe", "(Lreactor/core/CoreSubscriber;)V", SubscribeAdvice.class));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.reactornetty.helpers.GuardedReceive";
  }

  @Override
  public List<String> references() {
    return Arrays.asList(
        "io/netty/buffer/ByteBuf#isReadable()Z",
        "io/netty/buffer/ByteBufHolder#content()Lio/netty/buffer/ByteBuf;",
        "io/netty/channel/Channel#attr(Lio/netty/util/AttributeKey;)Lio/netty/util/Attribute;",
        "io/netty/util/Attribute#get()Ljava/lang/Object;",
        "io/netty/util/AttributeKey#valueOf(Ljava/lang/String;)Lio/netty/util/AttributeKey;",
        "org/reactivestreams/Subscription#cancel()V",
        "org/reactivestreams/Subscription#request(J)V",
        "reactor/core/CoreSubscriber#currentContext()Lreactor/util/context/Context;",
        "reactor/core/CoreSubscriber#onComplete()V",
        "reactor/core/CoreSubscriber#onError(Ljava/lang/Throwable;)V",
        "reactor/core/CoreSubscriber#onNext(Ljava/lang/Object;)V",
        "reactor/core/CoreSubscriber#onSubscribe(Lorg/reactivestreams/Subscription;)V",
        "reactor/core/Scannable#from(Ljava/lang/Object;)Lreactor/core/Scannable;",
        "reactor/core/Scannable#scanUnsafe(Lreactor/core/Scannable$Attr;)Ljava/lang/Object;",
        "reactor/core/Scannable$Attr#ACTUAL:Lreactor/core/Scannable$Attr;",
        "reactor/netty/channel/ChannelOperations#channel()Lio/netty/channel/Channel;");
  }

  /** Before anything knows of the subscriber. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class SubscribeAdvice {
    private SubscribeAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object receive,
        @Advice.FieldValue(value = "parent", typing = Assigner.Typing.DYNAMIC) Object operations,
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object receiver) {
      receiver =
          hook.apply("reactor-netty", new Object[] {receive, "subscribe", receiver, operations});
    }
  }
}
