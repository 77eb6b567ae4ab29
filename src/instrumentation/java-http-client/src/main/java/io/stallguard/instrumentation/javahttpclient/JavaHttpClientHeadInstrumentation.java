package io.stallguard.instrumentation.javahttpclient;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Instruments the wait of the JDK's HttpClient for response heads. */
public final class JavaHttpClientHeadInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "java-http-client-head";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return List.of(
        TypeInstrumentation.of("jdk.internal.net.http.MultiExchange")
            .advise(
                "responseAsync",
                "(Ljava/util/concurrent/Executor;)Ljava/util/concurrent/CompletableFuture;",
                BeginAdvice.class)
            .advise(
                "responseFilters",
                "(Ljdk/internal/net/http/Response;)Ljdk/internal/net/http/HttpRequestImpl;",
                AnswerAdvice.class),
        sending("jdk.internal.net.http.Http1Exchange"),
        sending("jdk.internal.net.http.Stream"),
        TypeInstrumentation.of("jdk.internal.net.http.HttpClientImpl")
            .advise(
                "sendAsync",
                "(Ljava/net/http/HttpRequest;"
                    + "Ljava/net/http/HttpResponse$BodyHandler;"
                    + "Ljava/net/http/HttpResponse$PushPromiseHandler;"
                    + "Ljava/util/concurrent/Executor;)"
                    + "Ljava/util/concurrent/CompletableFuture;",
                ReturnAdvice.class));
  }

  /**
   * The advice for what carries an exchange out: the answer is asked for as soon as the request was
   * sent.
   */
  private static TypeInstrumentation sending(String type) {
    return TypeInstrumentation.of(type)
        .advise(
            "getResponseAsync",
            "(Ljava/util/concurrent/Executor;)Ljava/util/concurrent/CompletableFuture;",
            SentAdvice.class);
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.javahttpclient.helpers.GuardedHeads";
  }

  /**
   * Whether helpers look into sockets: to end an exchange that has no head, and for what a client
   * has received of one.
   */
  @Override
  public boolean cutsSockets() {
    return true;
  }

  @Override
  public List<String> opens() {
    return List.of(
        "java.net.http/jdk.internal.net.http",
        "java.net.http/jdk.internal.net.http.common",
        "java.net.http/jdk.internal.net.http.frame");
  }

  /** Around the begin of an exchange: what comes of it is shown to who waits for its head. */
  static final class BeginAdvice {
    private BeginAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object exchange,
        @Advice.FieldValue("userRequest") Object request,
        @Advice.Argument(0) Executor executor) {
      return hook.apply(
          "java-http-client-head", new Object[] {exchange, "begins", null, request, executor});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    @SuppressWarnings("unchecked")
    static void exit(
        @Advice.Enter @Nullable Object wait, @Advice.Return CompletableFuture<?> response) {
      if (wait != null) {
        ((Consumer<Object>) wait).accept(response);
      }
    }
  }

  /** When a request was sent. */
  static final class SentAdvice {
    private SentAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object carrier,
        @Advice.FieldValue("exchange") Object attempt) {
      hook.apply("java-http-client-head", new Object[] {attempt, "sent", null, carrier});
    }
  }

  /** When a head is there: the last one, unless another request follows from it. */
  static final class AnswerAdvice {
    private AnswerAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object exchange,
        @Advice.Return @Nullable Object next) {
      if (next == null) {
        hook.apply("java-http-client-head", new Object[] {exchange, "answered", null});
      }
    }
  }

  /** When the app is given its future, which it may end by itself. */
  static final class ReturnAdvice {
    private ReturnAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object client,
        @Advice.Return CompletableFuture<?> future) {
      hook.apply("java-http-client-head", new Object[] {client, "returned", null, future});
    }
  }
}
