package io.stallguard.instrumentation.httpurlconnection;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Instruments the wait of the JDK's HttpURLConnection for a response head. */
public final class HttpUrlConnectionHeadInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "http-url-connection-head";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.singletonList(
        TypeInstrumentation.of("sun.net.www.http.HttpClient")
            .advise("parseHTTP", HeadAdvice.class));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.httpurlconnection.helpers.GuardedHead";
  }

  @Override
  public List<String> opens() {
    return Arrays.asList(
        "java.base/sun.net.www.protocol.http", "java.base/sun.net.www.http", "java.base/sun.net");
  }

  @Override
  public boolean cutsSockets() {
    return true;
  }

  /** Around the reading of the head, before which the request has been sent. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class HeadAdvice {
    private HeadAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object client,
        @Advice.AllArguments Object[] arguments) {
      return hook.apply(
          "http-url-connection-head",
          new Object[] {client, "head", null, arguments[arguments.length - 1]});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    @SuppressWarnings("unchecked")
    static void exit(
        @Advice.Enter @Nullable Object waiting, @Advice.Thrown(readOnly = false) Throwable thrown) {
      if (waiting instanceof UnaryOperator) {
        thrown = (Throwable) ((UnaryOperator<Object>) waiting).apply(thrown);
      }
    }
  }
}
