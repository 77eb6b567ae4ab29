package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Engine;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** Answers the hooks of the JDK's client. Any thread. */
public final class GuardedHttpClient implements Function<Object[], Object> {
  /**
   * Named only: it is the module's other class, and must have its advice before it is relied on.
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

  /** By the number of arguments: a reader waits, a stream is subscribed, a request is sent. */
  @Override
  public Object apply(Object[] arguments) {
    switch (arguments.length) {
      case 1:
        return readers.waits((InputStream) arguments[0]);
      case 2:
        return subscribed((InputStream) arguments[0], (Flow.Subscription) arguments[1]);
      default:
        return send(arguments[0], (HttpRequest) arguments[1], (BodyHandler<?>) arguments[2]);
    }
  }

  private Object send(Object client, HttpRequest request, BodyHandler<?> handler) {
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

  private Object subscribed(InputStream stream, Flow.Subscription subscription) {
    if (subscription instanceof GuardedSubscription) {
      readers.subscribed(stream, (GuardedSubscription) subscription);
    } else {
      GuardedBodySubscriber.standBackFromHiddenReader();
    }
    return subscription;
  }
}
