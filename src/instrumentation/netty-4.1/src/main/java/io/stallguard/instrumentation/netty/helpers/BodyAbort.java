package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.ChannelHandlerContext;
import io.stallguard.core.Abort;
import io.stallguard.core.Decision;
import io.stallguard.core.Guard;
import io.stallguard.core.InternalErrors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Brings decisions to the event loop, where the handler takes them, fails the body and closes the
 * channel in one turn: what had come is with the app by then, and nothing can come between.
 *
 * <p>Nothing waits there, so there is nothing harder to escalate to: who blocks an event loop
 * blocks its sockets too.
 */
final class BodyAbort implements Abort {
  // A loop that is busy with something else brings no bytes to anyone, and that is not silence of
  // the server: it answers soon, or was held up. A task of the loop may run before it has looked
  // at its sockets; one that was scheduled runs after that.

  private static final long HELD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long DELAY_MILLIS = 1;

  private final GuardHandler handler;
  private final ChannelHandlerContext context;
  private final InternalErrors errors;

  BodyAbort(GuardHandler handler, ChannelHandlerContext context, InternalErrors errors) {
    this.handler = handler;
    this.context = context;
    this.errors = errors;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The task lets nothing out.
  public void decide(Guard guard, Decision decision) {
    long askedNanos = System.nanoTime();
    try {
      context
          .executor()
          .schedule(() -> answer(guard, decision, askedNanos), DELAY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The loop was shut down, and its channels with it: there is nobody left to be released.
      decision.drop();
    }
  }

  private void answer(Guard guard, Decision decision, long askedNanos) {
    try {
      if (System.nanoTime() - askedNanos > HELD_UP_NANOS) {
        decision.heldUp();
      } else {
        handler.decide(context, guard, decision);
      }
    } catch (Throwable t) {
      errors.record("decision of netty", t);
    } finally {
      decision.drop();
    }
  }

  /** After a decision that was not taken here, and after one that was: then it is done already. */
  @Override
  public void abort(Guard guard) {
    try {
      context.executor().execute(() -> handler.abort(context, guard));
    } catch (RejectedExecutionException e) {
      // As above.
    }
  }
}
