package io.stallguard.instrumentation.okhttp;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Instruments OkHttp. */
public final class OkHttpInstrumentation extends InstrumentationModule {
  private static final String INTERCEPT = "(Lokhttp3/Interceptor$Chain;)Lokhttp3/Response;";

  /** The members that the helpers use; a test compares. */
  private static final List<String> REFERENCES =
      Collections.unmodifiableList(
          Arrays.asList(
              "okhttp3/Call#cancel()V",
              "okhttp3/Connection#protocol()Lokhttp3/Protocol;",
              "okhttp3/Connection#socket()Ljava/net/Socket;",
              "okhttp3/HttpUrl#encodedPath()Ljava/lang/String;",
              "okhttp3/HttpUrl#host()Ljava/lang/String;",
              "okhttp3/HttpUrl#port()I",
              "okhttp3/HttpUrl#scheme()Ljava/lang/String;",
              "okhttp3/Interceptor$Chain#call()Lokhttp3/Call;",
              "okhttp3/Interceptor$Chain#request()Lokhttp3/Request;",
              "okhttp3/Protocol#H2_PRIOR_KNOWLEDGE:Lokhttp3/Protocol;",
              "okhttp3/Protocol#HTTP_2:Lokhttp3/Protocol;",
              "okhttp3/Protocol#toString()Ljava/lang/String;",
              "okhttp3/Request#body()Lokhttp3/RequestBody;",
              "okhttp3/Request#method()Ljava/lang/String;",
              "okhttp3/Request#url()Lokhttp3/HttpUrl;",
              "okhttp3/Response#body()Lokhttp3/ResponseBody;",
              "okhttp3/RequestBody#contentLength()J",
              "okhttp3/Response#close()V",
              "okhttp3/Response#code()I",
              "okhttp3/Request#header(Ljava/lang/String;)Ljava/lang/String;",
              "okhttp3/Response#header(Ljava/lang/String;)Ljava/lang/String;",
              "okhttp3/Response#newBuilder()Lokhttp3/Response$Builder;",
              "okhttp3/Response#protocol()Lokhttp3/Protocol;",
              "okhttp3/Response#request()Lokhttp3/Request;",
              "okhttp3/Response$Builder#body(Lokhttp3/ResponseBody;)Lokhttp3/Response$Builder;",
              "okhttp3/Response$Builder#build()Lokhttp3/Response;",
              "okhttp3/ResponseBody#<init>()V",
              "okhttp3/ResponseBody#contentLength()J",
              "okhttp3/ResponseBody#contentType()Lokhttp3/MediaType;",
              "okhttp3/ResponseBody#source()Lokio/BufferedSource;",
              "okio/Buffer#readUnsafe(Lokio/Buffer$UnsafeCursor;)Lokio/Buffer$UnsafeCursor;",
              "okio/Buffer#size()J",
              "okio/Buffer$UnsafeCursor#<init>()V",
              "okio/Buffer$UnsafeCursor#close()V",
              "okio/Buffer$UnsafeCursor#data:[B",
              "okio/Buffer$UnsafeCursor#end:I",
              "okio/Buffer$UnsafeCursor#next()I",
              "okio/Buffer$UnsafeCursor#seek(J)I",
              "okio/Buffer$UnsafeCursor#start:I",
              "okio/BufferedSource#buffer()Lokio/Buffer;",
              "okio/ForwardingSource#<init>(Lokio/Source;)V",
              "okio/ForwardingSource#close()V",
              "okio/ForwardingSource#read(Lokio/Buffer;J)J",
              "okio/Okio#buffer(Lokio/Source;)Lokio/BufferedSource;"));

  @Override
  public String name() {
    return "okhttp";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        TypeInstrumentation.of("okhttp3.internal.http.RetryAndFollowUpInterceptor")
            .advise("intercept", INTERCEPT, CallAdvice.class),
        TypeInstrumentation.of("okhttp3.internal.http.CallServerInterceptor")
            .advise("intercept", INTERCEPT, WireAdvice.class)
            .adviseHead("intercept", INTERCEPT, HeadAdvice.class)
            .optional(),
        TypeInstrumentation.of("okhttp3.ResponseBody")
            .advise("bytes", "()[B", BodyAdvice.class)
            .advise("string", "()Ljava/lang/String;", BodyAdvice.class)
            .optional());
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.okhttp.helpers.GuardedOkHttp";
  }

  @Override
  public List<String> references() {
    return REFERENCES;
  }

  @Override
  public boolean cutsSockets() {
    return true;
  }

  /** Around all that OkHttp does for the app's innermost interceptor. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class CallAdvice {
    private CallAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.Argument(0) Object chain) {
      return hook.apply("okhttp", new Object[] {chain, "begin", null});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Enter @Nullable Object claim,
        @Advice.Argument(0) Object chain,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object response) {
      if (claim instanceof Runnable) {
        ((Runnable) claim).run();
      }
      if (response != null) {
        response = hook.apply("okhttp", new Object[] {chain, "response", response});
      }
    }
  }

  /** Around one exchange up to its response head, behind the app's network interceptors. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class WireAdvice {
    private WireAdvice() {}

    /** Begins the exchange. An interceptor may have gone on with another thread. */
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.Argument(0) Object chain) {
      return hook.apply("okhttp", new Object[] {chain, "begin", null});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Enter @Nullable Object claim,
        @Advice.Argument(0) Object chain,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object response) {
      if (claim instanceof Runnable) {
        ((Runnable) claim).run();
      }
      if (response != null) {
        response = hook.apply("okhttp", new Object[] {chain, "received", response});
      }
    }
  }

  /** Around the sending of a request and the wait for its response head. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class HeadAdvice {
    private HeadAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.Argument(0) Object chain) {
      return hook.apply("okhttp", new Object[] {chain, "head", null});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    @SuppressWarnings("unchecked")
    static void exit(
        @Advice.Enter @Nullable Object waiting,
        @Advice.Return Object response,
        @Advice.Thrown(readOnly = false) Throwable thrown) {
      if (waiting instanceof BiFunction) {
        thrown = ((BiFunction<Object, Throwable, Throwable>) waiting).apply(response, thrown);
      }
    }
  }

  /** Before a body is read whole: tells whether it is one of ours. */
  static final class BodyAdvice {
    private BodyAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void enter(@Hook BiFunction<String, Object[], Object> hook, @Advice.This Object body) {
      if (body.getClass().getName().endsWith(".okhttp.helpers.GuardedResponseBody")) {
        hook.apply("okhttp", new Object[] {body, "whole", null});
      }
    }
  }
}
