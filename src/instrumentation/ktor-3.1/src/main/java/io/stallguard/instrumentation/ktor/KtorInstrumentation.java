package io.stallguard.instrumentation.ktor;

import io.ktor.utils.io.ByteReadChannel;
import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Instruments Ktor where it would take a failure of a body for the body's end. */
public final class KtorInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "ktor";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        TypeInstrumentation.of("io.ktor.utils.io.ByteChannel")
            .advise("cancel", "(Ljava/lang/Throwable;)V", CancelAdvice.class)
            .advise("isClosedForRead", "()Z", ClosedAdvice.class)
            .whereThere(),
        TypeInstrumentation.of("io.ktor.client.plugins.sse.DefaultClientSSESession")
            .advise(
                "tryParseEvent",
                "(Lio/ktor/utils/io/ByteReadChannel;Lkotlin/coroutines/Continuation;)"
                    + "Ljava/lang/Object;",
                EventAdvice.class)
            .whereThere(),
        TypeInstrumentation.of("io.ktor.client.engine.okhttp.OkHttpSSESession")
            .advise(
                "onFailure",
                "(Lokhttp3/sse/EventSource;Ljava/lang/Throwable;Lokhttp3/Response;)V",
                FailureAdvice.class)
            .whereThere());
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.ktor.helpers.OwnCause";
  }

  /**
   * Before a channel ends with a failure. Where the failure of a body cancels the call, the
   * coroutines that fill the channels over it may be cancelled before they hear of it themselves;
   * what they end their channels with is then a cancellation, and ours its cause.
   */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class CancelAdvice {
    private CancelAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object channel,
        @Advice.Argument(value = 0, readOnly = false) @Nullable Throwable cause) {
      if (cause instanceof CancellationException) {
        Object ours = hook.apply("ktor", new Object[] {channel, "failure", null, cause});
        cause = ours == null ? cause : (Throwable) ours;
      }
    }
  }

  /**
   * After a channel was asked whether nothing more is to be had of it. Readers ask before they
   * read; they are to read, and so to get the failure.
   */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class ClosedAdvice {
    private ClosedAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This ByteReadChannel channel,
        @Advice.Return(readOnly = false) boolean closed) {
      Throwable cause = closed ? channel.getClosedCause() : null;
      if (cause != null) {
        Object ours = hook.apply("ktor", new Object[] {channel, "failure", null, cause});
        closed = ours == null;
      }
    }
  }

  /** After the plugin for server-sent events was given an event, or has come to an end. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class EventAdvice {
    private EventAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object session,
        @Advice.FieldValue("input") ByteReadChannel input,
        @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object event,
        @Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
      Throwable cause = event == null && thrown == null ? input.getClosedCause() : null;
      if (cause != null) {
        thrown = (Throwable) hook.apply("ktor", new Object[] {session, "failure", null, cause});
      }
    }
  }

  /**
   * Before the session of the engine for OkHttp hears of a failure, up to Ktor 3.2. With a response
   * whose media type has a parameter it takes any for an end.
   */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class FailureAdvice {
    private FailureAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object session,
        @Advice.Argument(1) @Nullable Throwable failure,
        @Advice.Argument(value = 2, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            @Nullable Object response) {
      if (failure != null) {
        Object ours = hook.apply("ktor", new Object[] {session, "failure", null, failure});
        response = ours == null ? response : null;
      }
    }
  }
}
