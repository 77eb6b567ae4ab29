package io.stallguard.instrumentation.javahttpclient;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Instruments the JDK's HttpClient. */
public final class JavaHttpClientInstrumentation extends InstrumentationModule {
  @Override
  public String name() {
    return "java-http-client";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return List.of(
        TypeInstrumentation.of("jdk.internal.net.http.HttpClientImpl")
            .advise(
                "sendAsync",
                "(Ljava/net/http/HttpRequest;"
                    + "Ljava/net/http/HttpResponse$BodyHandler;"
                    + "Ljava/net/http/HttpResponse$PushPromiseHandler;"
                    + "Ljava/util/concurrent/Executor;)"
                    + "Ljava/util/concurrent/CompletableFuture;",
                SendAdvice.class),
        TypeInstrumentation.of("jdk.internal.net.http.ResponseSubscribers$HttpResponseInputStream")
            .advise(
                "onSubscribe", "(Ljava/util/concurrent/Flow$Subscription;)V", SubscribeAdvice.class)
            .advise("current", "()Ljava/nio/ByteBuffer;", CurrentAdvice.class),
        // JDK 11 does not ask.
        TypeInstrumentation.of("jdk.internal.net.http.ResponseSubscribers$TrustedSubscriber")
            .advise(
                "needsExecutor",
                "(Ljava/net/http/HttpResponse$BodySubscriber;)Z",
                NeedsExecutorAdvice.class)
            .optional());
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.javahttpclient.helpers.GuardedHttpClient";
  }

  /**
   * Whether helpers look into sockets: for the executor of a client that the app has given none,
   * and for what a client has received and not delivered.
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

  /**
   * Before a request is sent: puts the decorator around the app's body handler, which is shown what
   * the app is given for the response.
   */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class SendAdvice {
    private SendAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object client,
        @Advice.Argument(0) HttpRequest request,
        @Advice.Argument(value = 1, readOnly = false) HttpResponse.BodyHandler<?> handler) {
      HttpResponse.BodyHandler<?> given = handler;
      handler =
          (HttpResponse.BodyHandler<?>)
              hook.apply("java-http-client", new Object[] {client, "send", handler, request});
      return handler == given ? null : handler;
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings("unchecked")
    static void exit(
        @Advice.Enter @Nullable Object decorated,
        @Advice.Return @Nullable CompletableFuture<?> future) {
      if (decorated instanceof Consumer && future != null) {
        ((Consumer<CompletableFuture<?>>) decorated).accept(future);
      }
    }
  }

  /**
   * Whether the client may ask a body subscriber for its body at once, or only on its executor as
   * it does with an app's own. For a decorated one the subscriber of the client's own decides:
   * after an error that comes with the head the response would fail or not by which of the two
   * threads is first.
   */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class NeedsExecutorAdvice {
    private NeedsExecutorAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, readOnly = false) HttpResponse.BodySubscriber<?> subscriber) {
      if (subscriber instanceof Supplier
          && subscriber
              .getClass()
              .getName()
              .startsWith("io.stallguard.instrumentation.javahttpclient.helpers.")) {
        subscriber = (HttpResponse.BodySubscriber<?>) ((Supplier<?>) subscriber).get();
      }
    }
  }

  /** When the body turns out to be an input stream: its reader's waiting is the demand. */
  static final class SubscribeAdvice {
    private SubscribeAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object stream,
        @Advice.Argument(0) Flow.Subscription subscription) {
      hook.apply("java-http-client", new Object[] {stream, "subscribed", null, subscription});
    }
  }

  /**
   * Around the one place where a reader of the input stream may block. On the path of each read, so
   * no hook there: what was met at subscription answers itself, through types of the JDK.
   */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class CurrentAdvice {
    private CurrentAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object stream,
        @Advice.FieldValue("subscription") Object subscribed,
        @Advice.FieldValue("currentBuffer") ByteBuffer current) {
      // Each use of these reads the field anew, and the thread that brings the end clears it.
      Object subscription = subscribed;
      ByteBuffer buffer = current;
      if (buffer != null && buffer.hasRemaining()) {
        return null;
      }
      // Nobody to ask yet, or no more: once at the begin of an exchange and once at its end.
      if (subscription == null) {
        return hook.apply("java-http-client", new Object[] {stream, "waits", null});
      }
      return subscription instanceof IntUnaryOperator
              && ((IntUnaryOperator) subscription).applyAsInt(1) == 1
          ? subscription
          : null;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Advice.Enter @Nullable Object entered,
        @Advice.Return @Nullable ByteBuffer buffer,
        @Advice.Thrown(readOnly = false) Throwable thrown) {
      if (entered instanceof IntUnaryOperator) {
        ((IntUnaryOperator) entered).applyAsInt(0);
      }
      if (thrown != null && thrown.getCause() instanceof Supplier) {
        thrown = (Throwable) ((Supplier<?>) thrown.getCause()).get();
      } else if (buffer != null && !buffer.hasRemaining() && entered instanceof Supplier) {
        // Nothing left: the end, which may have come too early.
        thrown = (Throwable) ((Supplier<?>) entered).get();
      }
    }
  }
}
