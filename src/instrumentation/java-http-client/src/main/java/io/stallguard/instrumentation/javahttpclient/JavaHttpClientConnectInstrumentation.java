package io.stallguard.instrumentation.javahttpclient;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/** Instruments the wait of the JDK's HttpClient for its connections. */
public final class JavaHttpClientConnectInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "java-http-client-connect";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return List.of(
        TypeInstrumentation.of("jdk.internal.net.http.MultiExchange")
            .advise("remainingConnectTimeout", "()Ljava/util/Optional;", RemainingAdvice.class)
            .advise(
                "toTimeoutException",
                "(Ljava/io/IOException;)Ljava/net/http/HttpTimeoutException;",
                TimeoutAdvice.class));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.javahttpclient.helpers.LimitedConnects";
  }

  /** When a connection is begun: how long it may take. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class RemainingAdvice {
    private RemainingAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object exchange,
        @Advice.FieldValue("currentreq") Object request,
        @Advice.Return(readOnly = false) Optional<?> remaining) {
      remaining =
          (Optional<?>)
              hook.apply(
                  "java-http-client-connect",
                  new Object[] {exchange, "begins", remaining, request});
    }
  }

  /** When a timer has ended an exchange: what the app is told. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class TimeoutAdvice {
    private TimeoutAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object exchange,
        @Advice.Return(readOnly = false) HttpTimeoutException timeout) {
      timeout =
          (HttpTimeoutException)
              hook.apply("java-http-client-connect", new Object[] {exchange, "timed out", timeout});
    }
  }
}
