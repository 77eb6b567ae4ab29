package io.stallguard.instrumentation.apachehttpclient4;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Instruments the blocking Apache HttpClient 4. */
public final class ApacheHttpClient4Instrumentation extends InstrumentationModule {
  private static final String EXCHANGE =
      "(Lorg/apache/http/HttpRequest;"
          + "Lorg/apache/http/HttpClientConnection;"
          + "Lorg/apache/http/protocol/HttpContext;)"
          + "Lorg/apache/http/HttpResponse;";

  @Override
  public String name() {
    return "apache-httpclient-4";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        TypeInstrumentation.of("org.apache.http.protocol.HttpRequestExecutor")
            .advise("execute", EXCHANGE, ExchangeAdvice.class)
            .advise("doReceiveResponse", EXCHANGE, ReceivedAdvice.class)
            .adviseHead("doReceiveResponse", EXCHANGE, HeadAdvice.class),
        TypeInstrumentation.of("org.apache.http.util.EntityUtils")
            .advise("toByteArray", EntityAdvice.class)
            .advise("toString", EntityAdvice.class)
            .optional());
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.apachehttpclient4.helpers.GuardedHttpClient4";
  }

  @Override
  public List<String> references() {
    return Arrays.asList(
        "org/apache/http/Header#getValue()Ljava/lang/String;",
        "org/apache/http/HttpClientConnection#isOpen()Z",
        "org/apache/http/HttpClientConnection#shutdown()V",
        "org/apache/http/HttpHost#getHostName()Ljava/lang/String;",
        "org/apache/http/HttpHost#getPort()I",
        "org/apache/http/HttpHost#getSchemeName()Ljava/lang/String;",
        "org/apache/http/HttpInetConnection#getRemoteAddress()Ljava/net/InetAddress;",
        "org/apache/http/HttpInetConnection#getRemotePort()I",
        "org/apache/http/HttpRequest#getRequestLine()Lorg/apache/http/RequestLine;",
        "org/apache/http/HttpResponse#getEntity()Lorg/apache/http/HttpEntity;",
        "org/apache/http/HttpMessage#getFirstHeader(Ljava/lang/String;)Lorg/apache/http/Header;",
        "org/apache/http/HttpResponse#getStatusLine()Lorg/apache/http/StatusLine;",
        "org/apache/http/HttpResponse#setEntity(Lorg/apache/http/HttpEntity;)V",
        "org/apache/http/ProtocolVersion#toString()Ljava/lang/String;",
        "org/apache/http/RequestLine#getMethod()Ljava/lang/String;",
        "org/apache/http/RequestLine#getUri()Ljava/lang/String;",
        "org/apache/http/StatusLine#getProtocolVersion()Lorg/apache/http/ProtocolVersion;",
        "org/apache/http/StatusLine#getStatusCode()I",
        "org/apache/http/entity/HttpEntityWrapper#<init>(Lorg/apache/http/HttpEntity;)V",
        "org/apache/http/entity/HttpEntityWrapper#consumeContent()V",
        "org/apache/http/entity/HttpEntityWrapper#getContent()Ljava/io/InputStream;",
        "org/apache/http/entity/HttpEntityWrapper#writeTo(Ljava/io/OutputStream;)V",
        "org/apache/http/protocol/HttpContext#getAttribute(Ljava/lang/String;)Ljava/lang/Object;");
  }

  @Override
  public boolean cutsSockets() {
    return true;
  }

  /** Around an exchange up to its response head, before anybody sees the entity. */
  static final class ExchangeAdvice {
    private ExchangeAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.This Object executor) {
      return hook.apply("apache-httpclient-4", new Object[] {executor, "begin", null});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Enter @Nullable Object claim,
        @Advice.This Object executor,
        @Advice.Argument(0) Object request,
        @Advice.Argument(1) Object connection,
        @Advice.Argument(2) Object context,
        @Advice.Return @Nullable Object response) {
      if (claim instanceof Runnable) {
        ((Runnable) claim).run();
      }
      if (response != null) {
        hook.apply(
            "apache-httpclient-4",
            new Object[] {executor, "response", response, request, connection, context, claim});
      }
    }
  }

  /** After a response head has come, where an app's own executor may read the entity at once. */
  static final class ReceivedAdvice {
    private ReceivedAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object executor,
        @Advice.Argument(0) Object request,
        @Advice.Argument(1) Object connection,
        @Advice.Argument(2) Object context,
        @Advice.Return @Nullable Object response) {
      if (response != null
          && !executor
              .getClass()
              .getName()
              .equals("org.apache.http.protocol.HttpRequestExecutor")) {
        hook.apply(
            "apache-httpclient-4",
            new Object[] {executor, "received", response, request, connection, context});
      }
    }
  }

  /**
   * Before an entity is read whole: tells whether it is one of ours, or the client's around one.
   */
  static final class EntityAdvice {
    private EntityAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void enter(
        @Hook BiFunction<String, Object[], Object> hook, @Advice.Argument(0) Object entity) {
      String type = entity == null ? "" : entity.getClass().getName();
      if (type.startsWith("org.apache.http.impl.execchain.ResponseEntity")
          || type.equals("org.apache.http.conn.BasicManagedEntity")
          || type.endsWith(".apachehttpclient4.helpers.GuardedEntity")) {
        hook.apply("apache-httpclient-4", new Object[] {entity, "whole", null});
      }
    }
  }

  /** Around the wait for a response head, once the request has been sent. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class HeadAdvice {
    private HeadAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object executor,
        @Advice.Argument(0) Object request,
        @Advice.Argument(1) Object connection,
        @Advice.Argument(2) Object context) {
      return hook.apply(
          "apache-httpclient-4",
          new Object[] {executor, "head", null, request, connection, context});
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
