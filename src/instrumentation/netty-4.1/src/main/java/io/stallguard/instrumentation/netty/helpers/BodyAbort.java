package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelHandlerContext;
import io.stallguard.core.Abort;
import io.stallguard.core.Guard;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends the abort to the event loop, where the handler fails the body and closes the channel.
 *
 * <p>Nothing waits there, so there is nothing harder to escalate to: who blocks an event loop
 * blocks its sockets too.
 */
final class BodyAbort implements Abort {
  // A loop that is busy with something else brings no bytes to anyone, and that is not silence of
  // the server. So the loop is asked first; it answers at once, or was held up.

  private static final long HELD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Longer than any tick, so that the watchdog meets the answer. */
  private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final GuardHandler handler;
  private final ChannelHandlerContext context;
  private volatile boolean asking;
  private volatile boolean answered;
  private volatile long atNanos;

  BodyAbort(GuardHandler handler, ChannelHandlerContext context) {
    this.handler = handler;
    this.context = context;
  }

  @Override
  public boolean isReady(Guard guard) {
    if (answered && System.nanoTime() - atNanos < VALID_NANOS) {
      return true;
    }
    if (!asking) {
      asking = true;
      answered = false;
      atNanos = System.nanoTime();
      run(() -> answer(guard));
    }
    return false;
  }

  private void answer(Guard guard) {
    long now = System.nanoTime();
    boolean heldUp = now - atNanos > HELD_UP_NANOS;
    atNanos = now;
    answered = handler.isWaiting(guard, heldUp);
    asking = false;
  }

  @Override
  public void abort(Guard guard) {
    run(() -> handler.abort(context, guard));
  }

  private void run(Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException e) {
      // The loop was shut down, and its channels with it: there is nobody left to be released.
    }
  }
}
