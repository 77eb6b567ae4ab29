package io.stallguard.probes.sdk;

import io.ktor.client.HttpClient;
import io.ktor.client.HttpClientKt;
import io.ktor.client.engine.HttpClientEngineConfig;
import io.ktor.client.engine.HttpClientEngineFactory;
import io.ktor.client.engine.apache.Apache;
import io.ktor.client.engine.apache5.Apache5;
import io.ktor.client.engine.java.Java;
import io.ktor.client.engine.okhttp.OkHttp;
import io.ktor.client.plugins.BodyProgressKt;
import io.ktor.client.plugins.sse.BuildersKt;
import io.ktor.client.plugins.sse.ClientSSESession;
import io.ktor.client.plugins.sse.SSEKt;
import io.ktor.client.request.HttpRequestBuilder;
import io.ktor.client.request.HttpRequestKt;
import io.ktor.client.statement.HttpResponse;
import io.ktor.client.statement.HttpResponseKt;
import io.ktor.client.statement.HttpStatement;
import io.ktor.http.HttpMethod;
import io.ktor.utils.io.ByteReadChannel;
import io.ktor.utils.io.ByteReadChannelOperationsKt;
import io.ktor.utils.io.jvm.javaio.BlockingKt;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.jvm.functions.Function1;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.CoroutineScope;

/**
 * Ktor on the engine that the form names: its plugin for server-sent events, or the channel of the
 * body, read by lines or as a stream, and that under a listener to its progress.
 */
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
      blocking((scope, whenDone) -> receive(client, job, received, whenDone));
    } finally {
      client.close();
    }
  }

  private static <T> T blocking(
      Function2<? super CoroutineScope, ? super Continuation<? super T>, ?> block)
      throws InterruptedException {
    return kotlinx.coroutines.BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, block);
  }

  private static Object receive(
      HttpClient client, Job job, Received received, Continuation<? super Unit> whenDone) {
    if (!job.form().contains("-")) {
      return events(client, job.url(), received, whenDone);
    }
    HttpRequestBuilder request = new HttpRequestBuilder();
    HttpRequestKt.url(request, job.url());
    request.setMethod(HttpMethod.Companion.parse("POST"));
    if (job.form().endsWith("-progress")) {
      BodyProgressKt.onDownload(request, (bytes, length, next) -> Unit.INSTANCE);
    }
    return new HttpStatement(request, client)
        .execute((response, whenRead) -> body(job, response, received), whenDone);
  }

  private static Unit body(Job job, HttpResponse response, Received received) {
    try {
      ByteReadChannel channel =
          blocking((scope, whenThere) -> HttpResponseKt.bodyAsChannel(response, whenThere));
      if (job.form().endsWith("-lines")) {
        lines(channel, received);
      } else {
        received.readAll(BlockingKt.toInputStream(channel, null));
      }
      return Unit.INSTANCE;
    } catch (IOException | InterruptedException e) {
      return KtorProbe.<RuntimeException, Unit>raise(e);
    }
  }

  @SuppressWarnings("deprecation") // The only one that all versions have.
  private static void lines(ByteReadChannel channel, Received received)
      throws InterruptedException {
    while (true) {
      String line =
          blocking(
              (scope, whenThere) ->
                  ByteReadChannelOperationsKt.readUTF8Line(channel, Integer.MAX_VALUE, whenThere));
      if (line == null) {
        return;
      }
      received.add(line + "\n");
    }
  }

  private static HttpClientEngineFactory<? extends HttpClientEngineConfig> engine(Job job) {
    return switch (job.form().replaceFirst("-.*", "")) {
      case "okhttp" -> OkHttp.INSTANCE;
      case "java" -> Java.INSTANCE;
      case "apache" -> Apache.INSTANCE;
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
      return KtorProbe.<RuntimeException, Object>raise(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable, R> R raise(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
