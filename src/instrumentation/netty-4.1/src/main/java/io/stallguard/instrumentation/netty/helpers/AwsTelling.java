package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.AttributeKey;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Has the AWS SDK tell its app a second time that a body has failed. Event loop only. */
final class AwsTelling {
  // The client's publisher and then its adapter note that all is over, and only after that they
  // make what they need to tell the app's subscriber. If there is no memory for it, or if the app's
  // own onError throws an Error, the exception ends in Netty's log, and neither the subscriber nor
  // the future of the exchange ever hears of it. The future is completed last of all: as long as it
  // is open the client has not done its work.
  //
  // To begin anew the adapter's note is taken back, and its onError called as the first time: so
  // all goes the client's own way. What is needed for it is looked for beforehand, as a channel
  // that has been closed has no handlers any more.

  private static final String PUBLISHER =
      "software.amazon.awssdk.http.nio.netty.internal.nrs.HandlerPublisher";

  private static final String FUTURES = "aws.http.nio.netty.async.executeFuture";

  /** The exchange on a channel; null if that is not this client's, or if nobody has subscribed. */
  @Nullable Exchange of(Channel channel) {
    if (!AttributeKey.exists(FUTURES)) {
      return null;
    }
    Object future = channel.attr(AttributeKey.valueOf(FUTURES)).get();
    Object adapter = future instanceof CompletableFuture ? subscriber(channel) : null;
    return adapter == null ? null : new Exchange((CompletableFuture<?>) future, adapter);
  }

  private static @Nullable Object subscriber(Channel channel) {
    for (ChannelHandler handler : channel.pipeline().toMap().values()) {
      Class<?> type = handler.getClass().getSuperclass();
      if (type != null && type.getName().equals(PUBLISHER)) {
        return field(type, handler, "subscriber");
      }
    }
    return null;
  }

  /** The value of a field; null too where another version has no such field. */
  private static @Nullable Object field(Class<?> type, Object owner, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(owner);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Then the client is left alone with what it has not told.
      return null;
    }
  }

  /** An exchange of the client, whose subscriber is told by an adapter of the client's. */
  static final class Exchange {
    private final CompletableFuture<?> future;
    private final Object adapter;

    Exchange(CompletableFuture<?> future, Object adapter) {
      this.future = future;
      this.adapter = adapter;
    }

    /** Whether the client has done all that there is to do. */
    boolean isTold() {
      return future.isDone();
    }

    /**
     * Tells once more, unless that is done; whoever fails in it otherwise than for want of memory
     * is not asked a third time.
     */
    void repeat(Throwable failure) {
      if (isTold()) {
        return;
      }
      try {
        begin(failure);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof OutOfMemoryError) {
          throw (OutOfMemoryError) e.getCause();
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        // Another version: the future is all that can be had.
      }
      future.completeExceptionally(failure);
    }

    private void begin(Throwable failure) throws ReflectiveOperationException {
      Object owner = field(adapter.getClass(), adapter, "this$0");
      Object done = owner == null ? null : field(owner.getClass(), owner, "isDone");
      if (done instanceof AtomicBoolean) {
        ((AtomicBoolean) done).set(false);
        Method onError = adapter.getClass().getMethod("onError", Throwable.class);
        onError.setAccessible(true);
        onError.invoke(adapter, failure);
      }
    }
  }
}
