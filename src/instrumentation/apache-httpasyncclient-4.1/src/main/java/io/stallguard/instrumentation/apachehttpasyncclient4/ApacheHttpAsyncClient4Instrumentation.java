package io.stallguard.instrumentation.apachehttpasyncclient4;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import net.bytebuddy.asm.Advice;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.nio.NHttpConnection;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;

/** Instruments Apache HttpAsyncClient 4. */
public final class ApacheHttpAsyncClient4Instrumentation extends InstrumentationModule {
  private static final String CLIENT = "org.apache.http.impl.nio.client.";
  private static final String PRODUCER = "org/apache/http/nio/protocol/HttpAsyncRequestProducer#";
  private static final String CONSUMER = "org/apache/http/nio/protocol/HttpAsyncResponseConsumer#";
  private static final String EXCHANGE =
      "org/apache/http/nio/protocol/HttpAsyncClientExchangeHandler#";

  /** Members by which an exchange is told something. */
  private static final List<String> SIGNALS =
      Arrays.asList(
          EXCHANGE + "cancel()Z",
          EXCHANGE + "close()V",
          EXCHANGE
              + "consumeContent(Lorg/apache/http/nio/ContentDecoder;"
              + "Lorg/apache/http/nio/IOControl;)V",
          EXCHANGE + "failed(Ljava/lang/Exception;)V",
          EXCHANGE + "generateRequest()Lorg/apache/http/HttpRequest;",
          EXCHANGE + "inputTerminated()V",
          EXCHANGE + "isDone()Z",
          EXCHANGE
              + "produceContent(Lorg/apache/http/nio/ContentEncoder;"
              + "Lorg/apache/http/nio/IOControl;)V",
          EXCHANGE + "requestCompleted()V",
          EXCHANGE + "responseCompleted()V",
          EXCHANGE + "responseReceived(Lorg/apache/http/HttpResponse;)V");

  /** Members by which something is done to a connection. */
  private static final List<String> CONNECTIONS =
      Arrays.asList(
          "org/apache/http/nio/NHttpClientConnection#getContext()Lorg/apache/http/protocol/HttpContext;",
          "org/apache/http/nio/NHttpClientConnection#getHttpResponse()Lorg/apache/http/HttpResponse;",
          "org/apache/http/nio/NHttpClientConnection#requestOutput()V",
          "org/apache/http/nio/NHttpClientConnection#shutdown()V",
          "org/apache/http/nio/conn/ManagedNHttpClientConnection#getIOSession()"
              + "Lorg/apache/http/nio/reactor/IOSession;");

  /** Members by which who produces a request is told, and asked, something. */
  private static final List<String> REQUESTS =
      Arrays.asList(
          PRODUCER + "close()V",
          PRODUCER + "failed(Ljava/lang/Exception;)V",
          PRODUCER + "generateRequest()Lorg/apache/http/HttpRequest;",
          PRODUCER + "getTarget()Lorg/apache/http/HttpHost;",
          PRODUCER + "isRepeatable()Z",
          PRODUCER
              + "produceContent(Lorg/apache/http/nio/ContentEncoder;"
              + "Lorg/apache/http/nio/IOControl;)V",
          PRODUCER + "requestCompleted(Lorg/apache/http/protocol/HttpContext;)V",
          PRODUCER + "resetRequest()V");

  private static final String PARTIES =
      "(Lorg/apache/commons/logging/Log;"
          + "Lorg/apache/http/nio/protocol/HttpAsyncRequestProducer;"
          + "Lorg/apache/http/nio/protocol/HttpAsyncResponseConsumer;"
          + "Lorg/apache/http/client/protocol/HttpClientContext;"
          + "Lorg/apache/http/concurrent/BasicFuture;"
          + "Lorg/apache/http/nio/conn/NHttpClientConnectionManager;";
  private static final String STRATEGIES =
      "Lorg/apache/http/ConnectionReuseStrategy;Lorg/apache/http/conn/ConnectionKeepAliveStrategy;";

  private static final String EXECUTE =
      "(Lorg/apache/http/nio/protocol/HttpAsyncRequestProducer;"
          + "Lorg/apache/http/nio/protocol/HttpAsyncResponseConsumer;"
          + "Lorg/apache/http/protocol/HttpContext;"
          + "Lorg/apache/http/concurrent/FutureCallback;)Ljava/util/concurrent/Future;";

  /** Members of what waits for an exchange, and by which it is told of a failure. */
  private static final List<String> FUTURES =
      Arrays.asList(
          "org/apache/http/concurrent/BasicFuture#failed(Ljava/lang/Exception;)Z",
          "org/apache/http/concurrent/BasicFuture#isDone()Z",
          "org/apache/http/concurrent/FutureCallback#cancelled()V",
          "org/apache/http/concurrent/FutureCallback#completed(Ljava/lang/Object;)V",
          "org/apache/http/concurrent/FutureCallback#failed(Ljava/lang/Exception;)V");

  @Override
  public String name() {
    return "apache-httpasyncclient-4";
  }

  @Override
  public List<TypeInstrumentation> types() {
    List<TypeInstrumentation> types = new ArrayList<>(exchanges(ExchangeAdvice.class));
    Collections.addAll(
        types,
        TypeInstrumentation.of("org.apache.http.impl.nio.DefaultNHttpClientConnection")
            .advise(
                "produceOutput",
                "(Lorg/apache/http/nio/NHttpClientEventHandler;)V",
                OutputAdvice.class),
        TypeInstrumentation.of(CLIENT + "InternalHttpAsyncClient")
            .advise("execute", EXECUTE, CallbackAdvice.class)
            .optional(),
        TypeInstrumentation.of(CLIENT + "MinimalHttpAsyncClient")
            .advise("execute", EXECUTE, CallbackAdvice.class)
            .optional(),
        TypeInstrumentation.of("org.apache.http.nio.util.SharedInputBuffer")
            .advise(
                "consumeContent",
                "(Lorg/apache/http/nio/ContentDecoder;Lorg/apache/http/nio/IOControl;)I",
                BufferAdvice.class));
    return types;
  }

  /** Where an exchange of either client begins. */
  static List<TypeInstrumentation> exchanges(Class<?> advice) {
    return Arrays.asList(
        TypeInstrumentation.of(CLIENT + "DefaultClientExchangeHandlerImpl")
            .advise(
                "<init>",
                PARTIES + STRATEGIES + "Lorg/apache/http/impl/nio/client/InternalClientExec;)V",
                advice),
        TypeInstrumentation.of(CLIENT + "MinimalClientExchangeHandlerImpl")
            .advise(
                "<init>",
                PARTIES + "Lorg/apache/http/protocol/HttpProcessor;" + STRATEGIES + ")V",
                advice));
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.apachehttpasyncclient4.helpers.GuardedHttpAsyncClient";
  }

  @Override
  public List<String> references() {
    List<String> references = new ArrayList<>(SIGNALS);
    references.addAll(FUTURES);
    references.addAll(REQUESTS);
    references.addAll(CONNECTIONS);
    Collections.addAll(
        references,
        "org/apache/http/Header#getValue()Ljava/lang/String;",
        "org/apache/http/HttpHost#getHostName()Ljava/lang/String;",
        "org/apache/http/HttpHost#getPort()I",
        "org/apache/http/HttpHost#getSchemeName()Ljava/lang/String;",
        "org/apache/http/HttpInetConnection#getRemoteAddress()Ljava/net/InetAddress;",
        "org/apache/http/HttpInetConnection#getRemotePort()I",
        "org/apache/http/HttpMessage#getFirstHeader(Ljava/lang/String;)Lorg/apache/http/Header;",
        "org/apache/http/HttpRequest#getRequestLine()Lorg/apache/http/RequestLine;",
        "org/apache/http/HttpResponse#getEntity()Lorg/apache/http/HttpEntity;",
        "org/apache/http/HttpResponse#getStatusLine()Lorg/apache/http/StatusLine;",
        "org/apache/http/ProtocolVersion#toString()Ljava/lang/String;",
        "org/apache/http/RequestLine#getMethod()Ljava/lang/String;",
        "org/apache/http/RequestLine#getUri()Ljava/lang/String;",
        "org/apache/http/StatusLine#getProtocolVersion()Lorg/apache/http/ProtocolVersion;",
        "org/apache/http/StatusLine#getStatusCode()I",
        "org/apache/http/nio/ContentDecoder#isCompleted()Z",
        "org/apache/http/nio/ContentDecoder#read(Ljava/nio/ByteBuffer;)I",
        CONSUMER + "cancel()Z",
        CONSUMER + "close()V",
        CONSUMER
            + "consumeContent(Lorg/apache/http/nio/ContentDecoder;"
            + "Lorg/apache/http/nio/IOControl;)V",
        CONSUMER + "failed(Ljava/lang/Exception;)V",
        CONSUMER + "getException()Ljava/lang/Exception;",
        CONSUMER + "getResult()Ljava/lang/Object;",
        CONSUMER + "isDone()Z",
        CONSUMER + "responseCompleted(Lorg/apache/http/protocol/HttpContext;)V",
        CONSUMER + "responseReceived(Lorg/apache/http/HttpResponse;)V",
        "org/apache/http/protocol/HttpContext#getAttribute(Ljava/lang/String;)Ljava/lang/Object;",
        "org/apache/http/protocol/HttpContext#setAttribute(Ljava/lang/String;Ljava/lang/Object;)V");
    return references;
  }

  /** Before an exchange begins: decorates the app's response consumer. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class ExchangeAdvice {
    private ExchangeAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Argument(3) Object context,
        @Advice.Argument(4) Object future,
        @Advice.Argument(value = 2, readOnly = false) HttpAsyncResponseConsumer<?> consumer) {
      consumer =
          (HttpAsyncResponseConsumer<?>)
              hook.apply(
                  "apache-httpasyncclient-4", new Object[] {context, "consumer", consumer, future});
    }
  }

  /** Before a connection gives output, when it was read: tells an exchange of ours. */
  static final class OutputAdvice {
    private OutputAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This NHttpConnection connection) {
      Object exchange = connection.getContext().getAttribute("http.nio.exchange-handler");
      if (exchange instanceof Runnable) {
        ((Runnable) exchange).run();
      }
    }
  }

  /** Before a client makes the future that calls the app's callback: decorates that. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class CallbackAdvice {
    private CallbackAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object client,
        @Advice.Argument(value = 3, readOnly = false) FutureCallback<?> callback) {
      if (callback != null) {
        callback =
            (FutureCallback<?>)
                hook.apply("apache-httpasyncclient-4", new Object[] {client, "callback", callback});
      }
    }
  }

  /** Before a buffer that another thread reads is filled: tells a decoder of ours. */
  static final class BufferAdvice {
    private BufferAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.Argument(0) Object decoder) {
      return decoder instanceof BooleanSupplier && ((BooleanSupplier) decoder).getAsBoolean();
    }
  }
}
