package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Knows whether AsyncHttpClient keeps the body of an exchange until its end. Any thread. */
final class CollectingHandler {
  // The client's handler that builds a response keeps each part in a builder that nobody else can
  // reach. A subclass of the app's that takes parts itself may look at them.

  private static final String CLIENT = "org.asynchttpclient.";
  private static final String FUTURE = CLIENT + "netty.NettyResponseFuture";
  private static final String COLLECTOR = CLIENT + "AsyncCompletionHandler";
  private static final String PART = CLIENT + "HttpResponseBodyPart";

  /** Where the client keeps the future of a channel's exchange. */
  private final AttributeKey<Object> attribute = AttributeKey.valueOf("default");

  /** Whether the exchange on a channel has such a handler. */
  boolean isOn(Channel channel) {
    Object future = channel.attr(attribute).get();
    if (future == null || !future.getClass().getName().equals(FUTURE)) {
      return false;
    }
    try {
      Class<?> type = future.getClass();
      Object handler = type.getMethod("getAsyncHandler").invoke(future);
      return handler != null && keepsParts(handler.getClass(), type.getClassLoader());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // A class of the app's that cannot be looked at may do anything.
      return false;
    }
  }

  private static boolean keepsParts(Class<?> handler, @Nullable ClassLoader client)
      throws ReflectiveOperationException {
    Class<?> part = Class.forName(PART, false, client);
    Method taker = handler.getMethod("onBodyPartReceived", part);
    return taker.getDeclaringClass() == Class.forName(COLLECTOR, false, client);
  }
}
