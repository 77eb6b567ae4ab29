package io.stallguard.probes.sdk;

import io.ktor.client.HttpClient;
import io.ktor.client.HttpClientKt;
import io.ktor.client.engine.HttpClientEngineConfig;
import io.ktor.client.engine.HttpClientEngineFactory;
import io.ktor.client.engine.apache5.Apache5;
import io.ktor.client.engine.java.Java;
import io.ktor.client.engine.okhttp.OkHttp;
import io.ktor.client.plugins.sse.BuildersKt;
import io.ktor.client.plugins.sse.ClientSSESession;
import io.ktor.client.plugins.sse.SSEKt;
import io.ktor.client.request.HttpRequestBuilder;
import io.ktor.http.HttpMethod;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.jvm.functions.Function1;
import kotlin.jvm.functions.Function2;

/** Ktor's plugin for server-sent events, on the engine that the form names. */
public final class KtorProbe implements Probe {
  /** Has an inline class among its parameters, and so a name that Java cannot spell. */
  private static final Method EVENTS =
      Arrays.stream(BuildersKt.class.getMethods())
          .filter(each -> each.getName().startsWith("serverSentEvents-"))
          .filter(each -> !each.getName().endsWith("default"))
          .filter(each -> each.getParameterCount() == 8)
          .filter(each -> each.getParameterTypes()[1] == String.class)
          .filter(each -> each.getParameterTypes()[2] != Function2.class)
          .findFirst()
          .orElseThrow();

  @Override
  public void run(Job job, Received received) throws Exception {
    HttpClient client =
        HttpClientKt.HttpClient(
            engine(job),
            config -> {
              config.install(SSEKt.getSSE(), plugin -> Unit.INSTANCE);
              return Unit.INSTANCE;
            });
    try {
      kotlinx.coroutines.BuildersKt.runBlocking(
          EmptyCoroutineContext.INSTANCE,
          (scope, whenDone) -> events(client, job.url(), received, whenDone));
    } finally {
      client.close();
    }
  }

  private static HttpClientEngineFactory<? extends HttpClientEngineConfig> engine(Job job) {
    return switch (job.form()) {
      case "okhttp" -> OkHttp.INSTANCE;
      case "java" -> Java.INSTANCE;
      case "apache5" -> Apache5.INSTANCE;
      default -> throw job.unknownForm();
    };
  }

  @SuppressWarnings("NullAway") // What is null takes the plugin's own choice.
  private static Object events(
      HttpClient client, String url, Received received, Continuation<? super Unit> whenDone) {
    Function1<HttpRequestBuilder, Unit> post =
        request -> {
          request.setMethod(HttpMethod.Companion.parse("POST"));
          return Unit.INSTANCE;
        };
    Function2<ClientSSESession, Continuation<? super Unit>, Object> collect =
        (session, whenCollected) ->
            session
                .getIncoming()
                .collect(
                    (event, next) -> {
                      received.add(TextOf.data(event.getData()));
                      return Unit.INSTANCE;
                    },
                    whenCollected);
    return call(client, url, null, null, null, post, collect, whenDone);
  }

  @SuppressWarnings("NullAway") // As above; and there is a cause.
  private static Object call(Object... arguments) {
    try {
      return EVENTS.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      return KtorProbe.<RuntimeException>raise(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> Object raise(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
