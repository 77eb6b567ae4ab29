package io.stallguard.instrumentation.httpurlconnection;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Instruments the JDK's HttpURLConnection. */
public final class HttpUrlConnectionInstrumentation extends InstrumentationModule {
  private static final String CONNECTION = "Lsun/net/www/protocol/http/HttpURLConnection;";

  @Override
  public String name() {
    return "http-url-connection";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        TypeInstrumentation.of("sun.net.www.protocol.http.HttpURLConnection$HttpInputStream")
            .advise("<init>", "(" + CONNECTION + "Ljava/io/InputStream;)V", BodyAdvice.class)
            .advise(
                "<init>",
                "(" + CONNECTION + "Ljava/io/InputStream;Ljava/net/CacheRequest;)V",
                BodyAdvice.class),
        TypeInstrumentation.of("sun.net.www.http.HttpClient")
            .advise("finished", "()V", HandOverAdvice.class)
            .advise("writeRequests", RequestAdvice.class));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.httpurlconnection.helpers.GuardedUrlConnection";
  }

  @Override
  public List<String> opens() {
    return Arrays.asList("java.base/sun.net.www.protocol.http", "java.base/sun.net");
  }

  @Override
  public boolean cutsSockets() {
    return true;
  }

  /** Before the body's outer stream takes the one below it. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class BodyAdvice {
    private BodyAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Argument(0) Object connection,
        @Advice.Argument(value = 1, readOnly = false) InputStream body) {
      body =
          (InputStream) hook.apply("http-url-connection", new Object[] {connection, "body", body});
    }
  }

  /** Before a connection whose answer was read is kept for the next request, or closed. */
  static final class HandOverAdvice {
    private HandOverAdvice() {}

    /** Gives anything but null if the connection is being closed, so that it must not be kept. */
    @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.This Object client) {
      return hook.apply("http-url-connection", new Object[] {client, "finished", null});
    }
  }

  /** Around the writing of a request, each way to do so. */
  static final class RequestAdvice {
    private RequestAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.This Object client) {
      return hook.apply("http-url-connection", new Object[] {client, "begin", null});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object claim) {
      if (claim instanceof Runnable) {
        ((Runnable) claim).run();
      }
    }
  }
}
