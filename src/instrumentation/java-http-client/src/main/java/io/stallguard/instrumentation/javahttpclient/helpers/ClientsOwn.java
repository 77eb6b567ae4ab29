package io.stallguard.instrumentation.javahttpclient.helpers;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.Set;

/** Which subscribers are the client's own, and run no code of the app. */
final class ClientsOwn {
  private static final String PREFIX = "jdk.internal.net.http.ResponseSubscribers$";

  /** The class that makes a string, or an array of bytes. */
  private static final String KEEPER = PREFIX + "ByteArraySubscriber";

  /** The classes that keep what comes, or throw it away. All others of the JDK pass signals on. */
  private static final Set<String> COLLECTORS =
      Set.of(KEEPER, PREFIX + "NullSubscriber", PREFIX + "PathSubscriber");

  private ClientsOwn() {}

  /** Whether an end that the subscriber is told of concerns nobody else. */
  static boolean collects(BodySubscriber<?> subscriber) {
    return isOf(subscriber) && COLLECTORS.contains(subscriber.getClass().getName());
  }

  /** Whether nobody sees anything of what the subscriber is given before the end. */
  static boolean keeps(BodySubscriber<?> subscriber) {
    return isOf(subscriber) && subscriber.getClass().getName().equals(KEEPER);
  }

  /** Whether the subscriber is of a class of the JDK's. */
  static boolean isOf(BodySubscriber<?> subscriber) {
    return subscriber.getClass().getModule() == HttpClient.class.getModule();
  }
}
