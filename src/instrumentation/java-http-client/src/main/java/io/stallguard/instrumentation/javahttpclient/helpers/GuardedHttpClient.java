package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers the hooks of the JDK's client. Any thread. */
public final class GuardedHttpClient implements Function<Object[], Object> {
  /** The name of the module. */
  static final String NAME = "java-http-client";

  /**
   * The client's input stream. It is named here only because it is the module's other class, and
   * must have its advice before it is relied on.
   */
  private static final String INPUT_STREAM =
      "jdk.internal.net.http.ResponseSubscribers$HttpResponseInputStream";

  private static final String CLIENT = "jdk.internal.net.http.HttpClientImpl";

  private final Engine engine;
  private final Lanes lanes = new Lanes();
  private final Readers readers = new Readers();
  private final ClientExecutors executors;
  private final ClientLooks looks;

  /**
   * Made once.
   *
   * @throws ClassNotFoundException if the JDK reads bodies by another class
   */
  public GuardedHttpClient(Engine engine) throws ClassNotFoundException {
    this.engine = engine;
    ClassLoader client = getClass().getClassLoader();
    Class.forName(INPUT_STREAM, true, client);
    this.executors = ClientExecutors.of(Class.forName(CLIENT, false, client));
    this.looks = ClientLooks.of(engine, client);
  }

  @Override
  public @Nullable Object apply(Object[] arguments) {
    switch ((String) arguments[1]) {
      case "send":
        return send(arguments[0], (HttpRequest) arguments[3], (BodyHandler<?>) arguments[2]);
      case "subscribed":
        subscribed((InputStream) arguments[0], (Flow.Subscription) arguments[3]);
        return null;
      case "waits":
        return readers.waits((InputStream) arguments[0]);
      default:
        throw new IllegalArgumentException("unknown join " + arguments[1]);
    }
  }

  private Object send(Object client, HttpRequest request, BodyHandler<?> handler) {
    // The head and the body come on other threads.
    engine.beginnings().here();
    return request == null || handler == null
        ? handler
        : new GuardedBodyHandler<>(
            handler,
            request,
            engine,
            () -> lanes.of(client, request.uri()),
            executors.executor(client),
            looks);
  }

  private void subscribed(InputStream stream, Flow.Subscription subscription) {
    if (subscription instanceof GuardedSubscription) {
      readers.subscribed(stream, (GuardedSubscription) subscription);
    } else {
      GuardedBodySubscriber.standBackFromHiddenReader();
    }
  }
}
