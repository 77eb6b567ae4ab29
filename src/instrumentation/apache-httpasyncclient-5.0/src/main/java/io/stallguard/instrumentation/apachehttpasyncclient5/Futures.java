package io.stallguard.instrumentation.apachehttpasyncclient5;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;

/**
 * The places where the clients make futures for apps, and where it shows of what exchange one is.
 */
final class Futures {
  private static final String CLIENT = "org.apache.hc.client5.http.impl.async.";
  private static final String EXECUTE =
      "(Lorg/apache/hc/core5/http/HttpHost;Lorg/apache/hc/core5/http/nio/AsyncRequestProducer;"
          + "Lorg/apache/hc/core5/http/nio/AsyncResponseConsumer;"
          + "Lorg/apache/hc/core5/http/nio/HandlerFactory;"
          + "Lorg/apache/hc/core5/http/protocol/HttpContext;"
          + "Lorg/apache/hc/core5/concurrent/FutureCallback;)Ljava/util/concurrent/Future;";
  private static final String PROCEED =
      "(Lorg/apache/hc/core5/http/HttpRequest;Lorg/apache/hc/core5/http/nio/AsyncEntityProducer;"
          + "Lorg/apache/hc/client5/http/async/AsyncExecChain$Scope;"
          + "Lorg/apache/hc/client5/http/async/AsyncExecChain;"
          + "Lorg/apache/hc/client5/http/async/AsyncExecCallback;)V";

  private Futures() {}

  static List<TypeInstrumentation> types() {
    return Arrays.asList(
        TypeInstrumentation.of(CLIENT + "InternalAbstractHttpAsyncClient")
            .advise("doExecute", EXECUTE, CallbackAdvice.class)
            .optional(),
        TypeInstrumentation.of(CLIENT + "AbstractMinimalHttpAsyncClientBase")
            .advise("doExecute", EXECUTE, MinimalAdvice.class)
            .optional(),
        sender("HttpAsyncMainClientExec"),
        sender("H2AsyncMainClientExec"));
  }

  private static TypeInstrumentation sender(String type) {
    return TypeInstrumentation.of(CLIENT + type)
        .advise("execute", PROCEED, FutureAdvice.class)
        .optional();
  }

  /**
   * Before a client makes the future that calls the app's callback: decorates that, and a consumer
   * that is the client's own or works for a coroutine.
   */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class CallbackAdvice {
    private CallbackAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object client,
        @Advice.Argument(value = 2, readOnly = false) AsyncResponseConsumer<?> consumer,
        @Advice.Argument(value = 5, readOnly = false) FutureCallback<?> callback) {
      // Each use of the parameter looks it up.
      BiFunction<String, Object[], Object> once = hook;
      if (callback != null) {
        callback =
            (FutureCallback<?>)
                once.apply("apache-httpasyncclient-5", new Object[] {client, "callback", callback});
      }
      if (consumer != null) {
        consumer =
            (AsyncResponseConsumer<?>)
                once.apply("apache-httpasyncclient-5", new Object[] {client, "consumer", consumer});
      }
    }
  }

  /**
   * Decorates callback and consumer for a client that sends what it is given, and the request too.
   */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class MinimalAdvice {
    private MinimalAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object client,
        @Advice.Argument(value = 1, readOnly = false) AsyncRequestProducer request,
        @Advice.Argument(value = 2, readOnly = false) AsyncResponseConsumer<?> consumer,
        @Advice.Argument(value = 5, readOnly = false) FutureCallback<?> callback) {
      // Each use of the parameter looks it up.
      BiFunction<String, Object[], Object> once = hook;
      if (callback != null) {
        callback =
            (FutureCallback<?>)
                once.apply("apache-httpasyncclient-5", new Object[] {client, "callback", callback});
      }
      if (consumer != null) {
        consumer =
            (AsyncResponseConsumer<?>)
                once.apply("apache-httpasyncclient-5", new Object[] {client, "consumer", consumer});
      }
      request =
          (AsyncRequestProducer)
              once.apply("apache-httpasyncclient-5", new Object[] {client, "request", request});
      return request;
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object client,
        @Advice.Enter Object request,
        @Advice.Return Object future) {
      if (request != null) {
        hook.apply(
            "apache-httpasyncclient-5", new Object[] {client, "returned", null, request, future});
      }
    }
  }

  /** Before a client brings a request to a connection: what waits for its answer. */
  static final class FutureAdvice {
    private FutureAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object sender,
        @Advice.Argument(0) Object request,
        @Advice.Argument(2) Object scope) {
      hook.apply("apache-httpasyncclient-5", new Object[] {sender, "future", null, request, scope});
    }
  }
}
