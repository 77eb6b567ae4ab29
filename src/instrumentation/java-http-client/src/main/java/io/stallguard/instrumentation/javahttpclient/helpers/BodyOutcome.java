package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.StallTimeoutException;
import io.stallguard.core.callbacks.AppCallbacks;
import io.stallguard.core.callbacks.AppWorld;
import io.stallguard.core.callbacks.Telling;
import io.stallguard.core.engine.DecidedEnd;
import io.stallguard.core.engine.Guard;
import io.stallguard.core.engine.Swallower;
import io.stallguard.core.words.Replacement;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of one body by decision: for its reader, its future, and its subscriber. */
final class BodyOutcome {
  // The reader of an input stream, the client's own collectors and the body's future, of which the
  // response hangs, have it at once, on whatever thread decides: no code of the app is reached by
  // them. What depends on the response is completed by the JDK in its common pool, and by a telling
  // if that is busy. It may start threads, so all is done in the app's world. The app's own
  // subscriber is told by a telling too.
  //
  // Abort and client may both come with it, at once even: each step may be done twice.

  private final BodySubscriber<?> subscriber;
  private final CompletableFuture<?> body;
  private final ReturnedFuture returned;
  private final boolean collected;
  private final AtomicBoolean completed = new AtomicBoolean();

  /**
   * The surroundings of the client's thread, once the body was subscribed and before anybody can be
   * waiting for it.
   */
  private volatile @Nullable AppWorld world;

  private volatile Flow.@Nullable Subscriber<?> reader;
  private volatile @Nullable Throwable cause;
  private @Nullable HttpTimeoutException failure;
  private @Nullable Telling telling;

  /**
   * The outcome of one body.
   *
   * @param body what the client has of the subscriber
   * @param returned what the app has for the response
   */
  BodyOutcome(BodySubscriber<?> subscriber, CompletableFuture<?> body, ReturnedFuture returned) {
    this.subscriber = subscriber;
    this.body = body;
    this.returned = returned;
    this.collected = ClientsOwn.collects(subscriber);
  }

  /** The body is subscribed, on a thread on which the client would bring all that follows. */
  void begins() {
    world = AppWorld.ofCaller();
  }

  /** The body is read from this stream of the client's. */
  void readFrom(Flow.Subscriber<?> stream) {
    reader = stream;
  }

  /** What the client threw when it was there first. */
  void causedBy(@Nullable Throwable thrown) {
    cause = thrown;
  }

  /** Releases whoever needs no code of the app for that. Any thread. */
  void fix(Guard guard) {
    Flow.Subscriber<?> stream = reader;
    if (guard.isEnded()) {
      Flow.Subscriber<?> own = stream != null ? stream : collected ? subscriber : null;
      if (own != null) {
        guard.released();
        complete(own);
      }
      return;
    }
    if (stream != null) {
      stream.onError(new ForReader(guard, cause));
    }
    if (!body.isDone()) {
      HttpTimeoutException told = failure(guard);
      inTheAppsWorld(() -> body.completeExceptionally(told));
    }
    if (collected) {
      subscriber.onError(failure(guard));
    }
  }

  private void complete(Flow.Subscriber<?> own) {
    if (completed.compareAndSet(false, true)) {
      try {
        inTheAppsWorld(own::onComplete);
      } catch (Throwable t) {
        completed.set(false);
        throw t;
      }
    }
  }

  private void inTheAppsWorld(Runnable task) {
    AppWorld found = world;
    if (found == null) {
      task.run();
    } else {
      found.run(task);
    }
  }

  /** The surroundings of the client's thread; null before the body is subscribed. */
  @Nullable AppWorld world() {
    return world;
  }

  /**
   * What the app's own subscriber is to be told; null if it has none.
   *
   * @param ifItFails to be run if it does not take an end
   */
  synchronized @Nullable Telling telling(Guard guard, Runnable ifItFails) {
    if (telling == null && !(reader == null ? collected : ClientsOwn.isOf(subscriber))) {
      telling = new Telling(() -> guard.isEnded() ? end(guard, ifItFails) : failing(guard));
    }
    return telling;
  }

  /** Sees to it that the app does not wait for the response. Threads of ours only. */
  void failReturned(Guard guard, AppCallbacks callbacks) {
    AppWorld found = world;
    if (found != null && !guard.isEnded() && body.isCompletedExceptionally()) {
      returned.fail(failure(guard), found, callbacks);
    }
  }

  private Runnable end(Guard guard, Runnable ifItFails) {
    guard.released();
    return () -> {
      try {
        subscriber.onComplete();
      } catch (Throwable t) {
        ifItFails.run();
        throw t;
      }
    };
  }

  private Runnable failing(Guard guard) {
    Throwable told = reader == null ? failure(guard) : new ForReader(guard, cause);
    return () -> subscriber.onError(told);
  }

  private synchronized HttpTimeoutException failure(Guard guard) {
    HttpTimeoutException made = failure;
    if (made == null) {
      made = timeout(DecidedEnd.exception(guard, cause));
      failure = made;
      returned.noteRelease(guard);
    }
    return made;
  }

  /**
   * Makes the exception of exactly the client's own type: that is what apps and libraries look for.
   */
  static HttpTimeoutException timeout(StallTimeoutException stall) {
    HttpTimeoutException timeout = new HttpTimeoutException(stall.getMessage());
    timeout.initCause(stall);
    return timeout;
  }

  /**
   * The exception that is left with the JDK's input stream, which would wrap it in an {@code
   * IOException("closed")}: the advice there asks it for a fresh exception with the reader's own
   * stack.
   */
  private static final class ForReader extends HttpTimeoutException implements Supplier<Throwable> {
    private static final long serialVersionUID = 1L;

    private final transient Guard guard;
    private final transient @Nullable Throwable brought;

    ForReader(Guard guard, @Nullable Throwable brought) {
      super("stalled");
      this.guard = guard;
      this.brought = brought;
    }

    @Override
    public Throwable get() {
      return Swallower.passing(timeout(guard.stallException(brought)));
    }

    /** What is serialised in place of this exception: whoever reads it back may have no agent. */
    private Object writeReplace() {
      String message = guard.stallException(brought).getMessage();
      return Replacement.of(this, new HttpTimeoutException(message));
    }
  }
}
