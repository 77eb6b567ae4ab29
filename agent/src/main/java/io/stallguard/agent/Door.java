package io.stallguard.agent;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What advice calls, as an app may find it: it passes each call on, and leads to nothing of ours by
 * reflection. Any thread.
 */
final class Door implements BiFunction<String, Object[], Object> {
  // Behind it are the agent's class loader, the engine, and the Instrumentation, which may change
  // any class. So the way there goes through an object of the JDK's that shows nobody what it
  // wraps, is not serialised, and whose fields the JDK opens to nobody from Java 16 on. Before that
  // the JDK opens everything to reflection, and who can do that needs no Instrumentation.

  /** The class of a call, loaded now: the jar may be overwritten later. */
  @SuppressWarnings("UnusedVariable")
  private static final Class<?> EARLY = Call.class;

  private final Executor behind;

  Door(BiFunction<String, Object[], Object> hook) {
    this.behind = Executors.unconfigurableExecutorService(new Calls(hook));
  }

  @Override
  public @Nullable Object apply(String module, Object[] arguments) {
    Call call = new Call(module, arguments);
    behind.execute(call);
    return call.answer;
  }

  /** A call on its way. */
  private static final class Call implements Runnable {
    private final String module;
    private final Object[] arguments;
    private @Nullable Object answer;

    Call(String module, Object[] arguments) {
      this.module = module;
      this.arguments = arguments;
    }

    void make(BiFunction<String, Object[], Object> hook) {
      answer = hook.apply(module, arguments);
    }

    /** Makes the call. Nobody but the executor behind the door can have it made. */
    @Override
    public void run() {
      throw new UnsupportedOperationException();
    }
  }

  /** An executor that makes calls on the thread that brings them, and does nothing else. */
  private static final class Calls extends AbstractExecutorService {
    private final BiFunction<String, Object[], Object> hook;

    Calls(BiFunction<String, Object[], Object> hook) {
      this.hook = hook;
    }

    @Override
    public void execute(Runnable command) {
      if (!(command instanceof Call)) {
        throw new RejectedExecutionException();
      }
      ((Call) command).make(hook);
    }

    @Override
    public void shutdown() {
      // There is nothing to shut down.
    }

    @Override
    public List<Runnable> shutdownNow() {
      return Collections.emptyList();
    }

    @Override
    public boolean isShutdown() {
      return true;
    }

    @Override
    public boolean isTerminated() {
      return true;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
