package io.stallguard.instrumentation.apachehttpasyncclient5;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.reactivestreams.Subscriber;

/** Instruments the asynchronous clients of Apache HttpClient 5. */
public final class ApacheHttpAsyncClient5Instrumentation extends InstrumentationModule {
  private static final String CORE = "org.apache.hc.core5.";
  private static final String CLASSIC = CORE + "http.nio.support.classic.";
  private static final String HANDLER = "org/apache/hc/core5/http/nio/AsyncClientExchangeHandler#";
  private static final String CONSUMER = "org/apache/hc/core5/http/nio/AsyncResponseConsumer#";
  private static final String PRODUCER = "org/apache/hc/core5/http/nio/AsyncRequestProducer#";
  private static final String HEAD =
      "(Lorg/apache/hc/core5/http/HttpResponse;Lorg/apache/hc/core5/http/EntityDetails;"
          + "Lorg/apache/hc/core5/http/protocol/HttpContext;"
          + "Lorg/apache/hc/core5/concurrent/FutureCallback;)V";
  private static final String CLIENT = "org.apache.hc.client5.http.impl.async.";

  /**
   * Members by which a handler, a producer or a consumer is told something, and what it may call
   * meanwhile.
   */
  private static final List<String> SIGNALS =
      Arrays.asList(
          HANDLER + "available()I",
          HANDLER + "cancel()V",
          HANDLER + "consume(Ljava/nio/ByteBuffer;)V",
          HANDLER
              + "consumeInformation(Lorg/apache/hc/core5/http/HttpResponse;"
              + "Lorg/apache/hc/core5/http/protocol/HttpContext;)V",
          HANDLER
              + "consumeResponse(Lorg/apache/hc/core5/http/HttpResponse;"
              + "Lorg/apache/hc/core5/http/EntityDetails;"
              + "Lorg/apache/hc/core5/http/protocol/HttpContext;)V",
          HANDLER + "failed(Ljava/lang/Exception;)V",
          HANDLER + "produce(Lorg/apache/hc/core5/http/nio/DataStreamChannel;)V",
          HANDLER
              + "produceRequest(Lorg/apache/hc/core5/http/nio/RequestChannel;"
              + "Lorg/apache/hc/core5/http/protocol/HttpContext;)V",
          HANDLER + "releaseResources()V",
          HANDLER + "streamEnd(Ljava/util/List;)V",
          HANDLER + "updateCapacity(Lorg/apache/hc/core5/http/nio/CapacityChannel;)V",
          PRODUCER + "available()I",
          PRODUCER + "failed(Ljava/lang/Exception;)V",
          PRODUCER + "isRepeatable()Z",
          PRODUCER + "produce(Lorg/apache/hc/core5/http/nio/DataStreamChannel;)V",
          PRODUCER + "releaseResources()V",
          PRODUCER
              + "sendRequest(Lorg/apache/hc/core5/http/nio/RequestChannel;"
              + "Lorg/apache/hc/core5/http/protocol/HttpContext;)V",
          CONSUMER + "consume(Ljava/nio/ByteBuffer;)V",
          CONSUMER + "consumeResponse" + HEAD,
          CONSUMER + "failed(Ljava/lang/Exception;)V",
          CONSUMER
              + "informationResponse(Lorg/apache/hc/core5/http/HttpResponse;"
              + "Lorg/apache/hc/core5/http/protocol/HttpContext;)V",
          CONSUMER + "releaseResources()V",
          CONSUMER + "streamEnd(Ljava/util/List;)V",
          CONSUMER + "updateCapacity(Lorg/apache/hc/core5/http/nio/CapacityChannel;)V",
          "org/apache/hc/core5/http/nio/CapacityChannel#update(I)V",
          "org/apache/hc/core5/http/nio/DataStreamChannel#endStream()V",
          "org/apache/hc/core5/http/nio/DataStreamChannel#endStream(Ljava/util/List;)V",
          "org/apache/hc/core5/http/nio/DataStreamChannel#requestOutput()V",
          "org/apache/hc/core5/http/nio/DataStreamChannel#write(Ljava/nio/Buffer;)I",
          "org/apache/hc/core5/http/nio/DataStreamChannel#write(Ljava/nio/ByteBuffer;)I",
          "org/apache/hc/core5/http/nio/RequestChannel#sendRequest(Lorg/apache/hc/core5/http/HttpRequest;Lorg/apache/hc/core5/http/EntityDetails;Lorg/apache/hc/core5/http/protocol/HttpContext;)V");

  @Override
  public String name() {
    return "apache-httpasyncclient-5";
  }

  @Override
  public List<TypeInstrumentation> types() {
    List<TypeInstrumentation> types = new ArrayList<>(Futures.types());
    Collections.addAll(
        types,
        TypeInstrumentation.of(CORE + "http.impl.nio.ClientHttp1StreamHandler")
            .advise(
                "<init>",
                "(Lorg/apache/hc/core5/http/impl/nio/Http1StreamChannel;"
                    + "Lorg/apache/hc/core5/http/protocol/HttpProcessor;"
                    + "Lorg/apache/hc/core5/http/config/Http1Config;"
                    + "Lorg/apache/hc/core5/http/ConnectionReuseStrategy;"
                    + "Lorg/apache/hc/core5/http/nio/AsyncClientExchangeHandler;"
                    + "Lorg/apache/hc/core5/http/protocol/HttpCoreContext;)V",
                Http1Advice.class),
        http2Streams(),
        output("http.impl.nio.AbstractHttp1StreamDuplexer"),
        output("http2.impl.nio.AbstractH2StreamMultiplexer"),
        runtime("InternalHttpAsyncExecRuntime"),
        runtime("InternalH2AsyncExecRuntime"),
        TypeInstrumentation.of(CLASSIC + "AbstractClassicEntityConsumer")
            .advise(
                "streamStart",
                "(Lorg/apache/hc/core5/http/EntityDetails;"
                    + "Lorg/apache/hc/core5/concurrent/FutureCallback;)V",
                ReaderAdvice.class),
        TypeInstrumentation.of(CLASSIC + "ClassicToAsyncResponseConsumer")
            .advise("consumeResponse", HEAD, ReaderAdvice.class),
        TypeInstrumentation.of(CORE + "reactive.ReactiveResponseConsumer")
            .advise("consumeResponse", HEAD, PublisherAdvice.class),
        TypeInstrumentation.of(CORE + "reactive.ReactiveDataConsumer")
            .advise("subscribe", "(Lorg/reactivestreams/Subscriber;)V", SubscriberAdvice.class));
    return types;
  }

  private static TypeInstrumentation http2Streams() {
    return TypeInstrumentation.of(CORE + "http2.impl.nio.ClientH2StreamHandler")
        .advise(
            "<init>",
            "(Lorg/apache/hc/core5/http2/impl/nio/H2StreamChannel;"
                + "Lorg/apache/hc/core5/http/protocol/HttpProcessor;"
                + "Lorg/apache/hc/core5/http/impl/BasicHttpConnectionMetrics;"
                + "Lorg/apache/hc/core5/http/nio/AsyncClientExchangeHandler;"
                + "Lorg/apache/hc/core5/http/nio/HandlerFactory;"
                + "Lorg/apache/hc/core5/http/protocol/HttpCoreContext;)V",
            Http2Advice.class);
  }

  private static TypeInstrumentation output(String type) {
    return TypeInstrumentation.of(CORE + type).advise("onOutput", "()V", OutputAdvice.class);
  }

  private static TypeInstrumentation runtime(String type) {
    return TypeInstrumentation.of(CLIENT + type)
        .advise("markConnectionNonReusable", "()V", GiveUpAdvice.class)
        .advise("discardEndpoint", "()V", DiscardAdvice.class);
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.apachehttpasyncclient5.helpers.GuardedAsyncClient";
  }

  @Override
  public List<String> references() {
    List<String> references = new ArrayList<>(SIGNALS);
    Collections.addAll(
        references,
        "org/apache/hc/client5/http/async/AsyncExecChain$Scope#cancellableDependency:Lorg/apache/hc/core5/concurrent/CancellableDependency;",
        "org/apache/hc/client5/http/async/AsyncExecRuntime#markConnectionReusable(Ljava/lang/Object;Lorg/apache/hc/core5/util/TimeValue;)V",
        "org/apache/hc/client5/http/async/AsyncExecRuntime#releaseEndpoint()V",
        "org/apache/hc/core5/concurrent/BasicFuture#failed(Ljava/lang/Exception;)Z",
        "org/apache/hc/core5/concurrent/BasicFuture#isDone()Z",
        "org/apache/hc/core5/concurrent/Cancellable#cancel()Z",
        "org/apache/hc/core5/concurrent/FutureCallback#cancelled()V",
        "org/apache/hc/core5/concurrent/FutureCallback#completed(Ljava/lang/Object;)V",
        "org/apache/hc/core5/concurrent/FutureCallback#failed(Ljava/lang/Exception;)V",
        "org/apache/hc/core5/http/EndpointDetails#getReceivedBytesCount()J",
        "org/apache/hc/core5/http/EndpointDetails#getRemoteAddress()Ljava/net/SocketAddress;",
        "org/apache/hc/core5/http/EntityDetails#getContentEncoding()Ljava/lang/String;",
        "org/apache/hc/core5/http/EntityDetails#getContentType()Ljava/lang/String;",
        "org/apache/hc/core5/http/Header#getValue()Ljava/lang/String;",
        "org/apache/hc/core5/http/HttpConnection#getEndpointDetails()Lorg/apache/hc/core5/http/EndpointDetails;",
        "org/apache/hc/core5/http/HttpRequest#getAuthority()Lorg/apache/hc/core5/net/URIAuthority;",
        "org/apache/hc/core5/http/HttpRequest#getFirstHeader(Ljava/lang/String;)Lorg/apache/hc/core5/http/Header;",
        "org/apache/hc/core5/http/HttpRequest#getMethod()Ljava/lang/String;",
        "org/apache/hc/core5/http/HttpRequest#getPath()Ljava/lang/String;",
        "org/apache/hc/core5/http/HttpRequest#getScheme()Ljava/lang/String;",
        "org/apache/hc/core5/http/HttpResponse#getCode()I",
        "org/apache/hc/core5/http/nio/command/ShutdownCommand#GRACEFUL:Lorg/apache/hc/core5/http/nio/command/ShutdownCommand;",
        "org/apache/hc/core5/http/protocol/HttpCoreContext#getEndpointDetails()Lorg/apache/hc/core5/http/EndpointDetails;",
        "org/apache/hc/core5/http/protocol/HttpCoreContext#getRequest()Lorg/apache/hc/core5/http/HttpRequest;",
        "org/apache/hc/core5/io/CloseMode#GRACEFUL:Lorg/apache/hc/core5/io/CloseMode;",
        "org/apache/hc/core5/io/CloseMode#IMMEDIATE:Lorg/apache/hc/core5/io/CloseMode;",
        "org/apache/hc/core5/net/URIAuthority#getHostName()Ljava/lang/String;",
        "org/apache/hc/core5/net/URIAuthority#getPort()I",
        "org/apache/hc/core5/reactor/Command$Priority#NORMAL:Lorg/apache/hc/core5/reactor/Command$Priority;",
        "org/apache/hc/core5/reactor/IOSession#close(Lorg/apache/hc/core5/io/CloseMode;)V",
        "org/apache/hc/core5/reactor/IOSession#enqueue(Lorg/apache/hc/core5/reactor/Command;Lorg/apache/hc/core5/reactor/Command$Priority;)V",
        "org/apache/hc/core5/reactor/IOSession#getLastReadTime()J",
        "org/apache/hc/core5/reactor/IOSession#hasCommands()Z",
        "org/apache/hc/core5/util/TimeValue#NEG_ONE_MILLISECOND:Lorg/apache/hc/core5/util/TimeValue;");
    return references;
  }

  /** Before an exchange is carried over a connection: decorates its handler. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class Http1Advice {
    private Http1Advice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Argument(0) Object channel,
        @Advice.Argument(value = 4, readOnly = false) AsyncClientExchangeHandler handler,
        @Advice.Argument(5) Object context) {
      handler =
          (AsyncClientExchangeHandler)
              hook.apply(
                  "apache-httpasyncclient-5", new Object[] {channel, "exchange", handler, context});
    }
  }

  /** Before an exchange is carried over a stream of HTTP/2: decorates its handler. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class Http2Advice {
    private Http2Advice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Argument(0) Object channel,
        @Advice.Argument(value = 3, readOnly = false) AsyncClientExchangeHandler handler,
        @Advice.Argument(5) Object context) {
      handler =
          (AsyncClientExchangeHandler)
              hook.apply(
                  "apache-httpasyncclient-5", new Object[] {channel, "exchange", handler, context});
    }
  }

  /**
   * When a connection has given output, on its reactor's thread: what is to be run there is run.
   */
  static final class OutputAdvice {
    private OutputAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.This Object connection) {
      // Servers give output by the same method.
      if (connection.getClass().getName().contains(".Client")) {
        hook.apply("apache-httpasyncclient-5", new Object[] {connection, "output", null});
      }
    }
  }

  /** Before the client says that a connection is not to be used again: not if it is to live on. */
  static final class GiveUpAdvice {
    private GiveUpAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.This Object runtime) {
      return hook.apply("apache-httpasyncclient-5", new Object[] {runtime, "give up", null})
          != null;
    }
  }

  /** Before the client closes the connection of an exchange: not if it was given back. */
  static final class DiscardAdvice {
    private DiscardAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.This Object runtime) {
      return hook.apply("apache-httpasyncclient-5", new Object[] {runtime, "discard", null})
          != null;
    }
  }

  /** Before a consumer takes a response head whose body it hands over to a reader. */
  static final class ReaderAdvice {
    private ReaderAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.This Object consumer) {
      hook.apply("apache-httpasyncclient-5", new Object[] {consumer, "reader", null});
    }
  }

  /** Before a consumer takes a response head whose body it publishes. */
  static final class PublisherAdvice {
    private PublisherAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.This Object consumer) {
      hook.apply("apache-httpasyncclient-5", new Object[] {consumer, "publisher", null});
    }
  }

  /** Before somebody subscribes to a body: decorates the subscriber. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class SubscriberAdvice {
    private SubscriberAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object publisher,
        @Advice.Argument(value = 0, readOnly = false) Subscriber<?> subscriber) {
      subscriber =
          (Subscriber<?>)
              hook.apply(
                  "apache-httpasyncclient-5", new Object[] {publisher, "subscriber", subscriber});
    }
  }
}
