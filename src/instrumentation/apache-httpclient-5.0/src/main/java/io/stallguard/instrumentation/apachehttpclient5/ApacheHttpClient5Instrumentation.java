package io.stallguard.instrumentation.apachehttpclient5;

import io.stallguard.tooling.Hook;
import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Instruments the classic Apache HttpClient 5. */
public final class ApacheHttpClient5Instrumentation extends InstrumentationModule {
  private static final String EXECUTE =
      "(Lorg/apache/hc/core5/http/ClassicHttpRequest;"
          + "Lorg/apache/hc/core5/http/io/HttpClientConnection;"
          + "Lorg/apache/hc/core5/http/io/HttpResponseInformationCallback;"
          + "Lorg/apache/hc/core5/http/protocol/HttpContext;)"
          + "Lorg/apache/hc/core5/http/ClassicHttpResponse;";

  @Override
  public String name() {
    return "apache-httpclient-5";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        TypeInstrumentation.of("org.apache.hc.core5.http.impl.io.HttpRequestExecutor")
            .advise("execute", EXECUTE, ExchangeAdvice.class)
            .adviseHead("execute", EXECUTE, HeadAdvice.class),
        TypeInstrumentation.of("org.apache.hc.core5.http.io.entity.EntityUtils")
            .advise("toByteArray", EntityAdvice.class)
            .advise("toString", EntityAdvice.class)
            .optional());
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.apachehttpclient5.helpers.GuardedHttpClient5";
  }

  @Override
  public List<String> references() {
    return Arrays.asList(
        "org/apache/hc/core5/http/ClassicHttpRequest#getAuthority()Lorg/apache/hc/core5/net/URIAuthority;",
        "org/apache/hc/core5/http/ClassicHttpRequest#getEntity()Lorg/apache/hc/core5/http/HttpEntity;",
        "org/apache/hc/core5/http/ClassicHttpRequest#getMethod()Ljava/lang/String;",
        "org/apache/hc/core5/http/ClassicHttpRequest#getPath()Ljava/lang/String;",
        "org/apache/hc/core5/http/ClassicHttpRequest#getScheme()Ljava/lang/String;",
        "org/apache/hc/core5/http/ClassicHttpResponse#getCode()I",
        "org/apache/hc/core5/http/ClassicHttpResponse#getEntity()Lorg/apache/hc/core5/http/HttpEntity;",
        "org/apache/hc/core5/http/HttpMessage#getFirstHeader(Ljava/lang/String;)Lorg/apache/hc/core5/http/Header;",
        "org/apache/hc/core5/http/ClassicHttpResponse#getVersion()Lorg/apache/hc/core5/http/ProtocolVersion;",
        "org/apache/hc/core5/http/ClassicHttpResponse#setEntity(Lorg/apache/hc/core5/http/HttpEntity;)V",
        "org/apache/hc/core5/http/Header#getValue()Ljava/lang/String;",
        "org/apache/hc/core5/http/HttpEntity#getContentLength()J",
        "org/apache/hc/core5/http/ProtocolVersion#toString()Ljava/lang/String;",
        "org/apache/hc/core5/http/impl/io/ChunkedInputStream#<init>(Lorg/apache/hc/core5/http/io/SessionInputBuffer;Ljava/io/InputStream;)V",
        "org/apache/hc/core5/http/impl/io/ChunkedInputStream#available()I",
        "org/apache/hc/core5/http/impl/io/ChunkedInputStream#close()V",
        "org/apache/hc/core5/http/impl/io/ChunkedInputStream#getFooters()[Lorg/apache/hc/core5/http/Header;",
        "org/apache/hc/core5/http/impl/io/ChunkedInputStream#read()I",
        "org/apache/hc/core5/http/impl/io/ChunkedInputStream#read([B)I",
        "org/apache/hc/core5/http/impl/io/ChunkedInputStream#read([BII)I",
        "org/apache/hc/core5/http/impl/io/ChunkedInputStream#skip(J)J",
        "org/apache/hc/core5/http/impl/io/SessionInputBufferImpl#<init>(I)V",
        "org/apache/hc/core5/http/io/HttpClientConnection#close(Lorg/apache/hc/core5/io/CloseMode;)V",
        "org/apache/hc/core5/http/io/HttpClientConnection#isOpen()Z",
        "org/apache/hc/core5/http/io/HttpClientConnection#getRemoteAddress()Ljava/net/SocketAddress;",
        "org/apache/hc/core5/http/io/HttpClientConnection#getSSLSession()Ljavax/net/ssl/SSLSession;",
        "org/apache/hc/core5/http/io/entity/AbstractHttpEntity#writeTo(Lorg/apache/hc/core5/http/HttpEntity;Ljava/io/OutputStream;)V",
        "org/apache/hc/core5/http/io/entity/HttpEntityWrapper#<init>(Lorg/apache/hc/core5/http/HttpEntity;)V",
        "org/apache/hc/core5/http/io/entity/HttpEntityWrapper#close()V",
        "org/apache/hc/core5/http/io/entity/HttpEntityWrapper#getContent()Ljava/io/InputStream;",
        "org/apache/hc/core5/http/io/entity/HttpEntityWrapper#writeTo(Ljava/io/OutputStream;)V",
        "org/apache/hc/core5/io/CloseMode#IMMEDIATE:Lorg/apache/hc/core5/io/CloseMode;",
        "org/apache/hc/core5/net/URIAuthority#getHostName()Ljava/lang/String;",
        "org/apache/hc/core5/net/URIAuthority#getPort()I");
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
      return hook.apply("apache-httpclient-5", new Object[] {executor, "begin", null});
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    @SuppressWarnings("ReturnValueIgnored")
    static void exit(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.Enter @Nullable Object claim,
        @Advice.This Object executor,
        @Advice.Argument(0) Object request,
        @Advice.Argument(1) Object connection,
        @Advice.Return @Nullable Object response) {
      if (claim instanceof Runnable) {
        ((Runnable) claim).run();
      }
      if (response != null) {
        hook.apply(
            "apache-httpclient-5",
            new Object[] {executor, "response", response, request, connection});
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
      if (type.equals("org.apache.hc.client5.http.impl.classic.ResponseEntityProxy")
          || type.endsWith(".apachehttpclient5.helpers.GuardedEntity")) {
        hook.apply("apache-httpclient-5", new Object[] {entity, "whole", null});
      }
    }
  }

  /** Around the sending of a request and the wait for its response head. */
  @SuppressWarnings("UnusedVariable") // What is assigned is the woven method's own.
  static final class HeadAdvice {
    private HeadAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Hook BiFunction<String, Object[], Object> hook,
        @Advice.This Object executor,
        @Advice.Argument(0) Object request,
        @Advice.Argument(1) Object connection) {
      return hook.apply(
          "apache-httpclient-5", new Object[] {executor, "head", null, request, connection});
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
