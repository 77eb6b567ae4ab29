package io.stallguard.instrumentation.netty.helpers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import io.stallguard.core.engine.Abort;
import io.stallguard.core.engine.Decision;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.InternalErrors;
import io.stallguard.core.wire.Holdup;
import io.stallguard.core.wire.NothingDoneException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Brings decisions to the event loop, where the handler takes them, fails what is waited for and
 * closes the channel in one turn: what had come is with the app by then, and nothing can come
 * between.
 *
 * <p>Nothing waits there, so there is nothing harder to escalate to: who blocks an event loop
 * blocks its sockets too.
 */
final class BodyAbort implements Abort {
  private static final long DELAY_MILLIS = 1;

  /**
   * The time in which a server hears that it may send again, and what it sends comes. Where others
   * share the connection they may have opened its window just now.
   */
  private static final long ROUND_TRIP_MILLIS = 500;

  /** How often such a round trip is waited for at most. */
  private static final int MOST_ROUND_TRIPS = 10;

  /**
   * How late a loop may be: one that turns more slowly than that keeps the app waiting in all it
   * does.
   */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final GuardHandler handler;
  private final ChannelHandlerContext context;
  private final InternalErrors errors;
  private final Thread loop = Thread.currentThread();

  /** Makes the abort. On the event loop. */
  BodyAbort(GuardHandler handler, ChannelHandlerContext context, InternalErrors errors) {
    this.handler = handler;
    this.context = context;
    this.errors = errors;
  }

  @Override
  public void decide(Guard guard, Decision decision) {
    try {
      context.executor().execute(new Question(guard, decision));
    } catch (RejectedExecutionException e) {
      // The loop was shut down: either its channels end now, or it does. See below.
    }
  }

  /**
   * Whether the loop can answer: one that has ended answers nothing any more, what it had in its
   * queues included.
   */
  @Override
  public boolean canDecide() {
    return !context.executor().isTerminated();
  }

  @Override
  public Holdup holdup() {
    return Holdup.of("its event loop", loop);
  }

  @Override
  public Holdup usedRoom() {
    Channel connection = context.channel().parent();
    return Holdup.ofRoom(
        connection == null ? context.channel() : connection,
        () -> "what was not read of other answers on its connection, " + connection + ",");
  }

  /**
   * Ends the stream. After a decision that the loop has taken that is done already; the rest is for
   * one that was taken for it, as it has ended.
   */
  @Override
  public void abort(Guard guard) throws Exception {
    EventExecutor loop = context.executor();
    try {
      loop.execute(() -> handler.abort(context, guard));
    } catch (RejectedExecutionException e) {
      if (!loop.isTerminated()) {
        throw new NothingDoneException("its event loop is being shut down");
      }
      handler.abortWithoutLoop(context, guard);
    }
  }

  /**
   * The question whether a silence is a stall: asked of the loop, twice, and answered the second
   * time.
   */
  private final class Question implements Runnable {
    // A loop that is busy brings no bytes to anyone, and they may lie in its sockets. What other
    // threads bring to a loop runs before it has looked at its sockets again, and if it is late so
    // does what they have scheduled. What the loop itself schedules runs in the batch after that
    // look: bytes that had come are delivered by then, and the silence that was asked about over.
    //
    // A connection of HTTP/2 that a busy loop has left alone may be full of what came for other
    // streams, and the server have had no room for more. As long as that is still coming in, what
    // is asked about may stand behind it.

    private final Guard guard;
    private final Decision decision;
    private long askedAt = System.nanoTime();
    private boolean second;
    private boolean catchesUp;
    private int window;
    private int roundTrips;

    Question(Guard guard, Decision decision) {
      this.guard = guard;
      this.decision = decision;
    }

    @Override
    public void run() {
      try {
        long now = System.nanoTime();
        if (now - askedAt > LATE_NANOS) {
          decision.late();
          catchesUp = true;
        }
        if (second && !isCatchingUp()) {
          answer();
        } else if (handler.isHeldUp(context)) {
          decision.noRoom();
        } else {
          askAgain(now, handler.mayHaveBeenHeldUp(context) ? ROUND_TRIP_MILLIS : DELAY_MILLIS);
        }
      } catch (Throwable t) {
        errors.record("decision of netty", t);
        decision.drop();
      }
    }

    private boolean isCatchingUp() {
      return catchesUp && roundTrips < MOST_ROUND_TRIPS && handler.sharedWindow(context) != window;
    }

    private void answer() {
      handler.decide(context, guard, decision);
      decision.drop();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The task lets nothing out.
    private void askAgain(long now, long delayMillis) {
      second = true;
      roundTrips++;
      window = handler.sharedWindow(context);
      askedAt = now + TimeUnit.MILLISECONDS.toNanos(delayMillis);
      try {
        context.executor().schedule(this, delayMillis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // As above.
      }
    }
  }
}
