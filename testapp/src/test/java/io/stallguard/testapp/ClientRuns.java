package io.stallguard.testapp;

import io.stallguard.testing.TestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * The runs of one suite, begun before they are asked for: a run spends most of its time waiting for
 * limits, and needs a processor for a few seconds in all.
 */
final class ClientRuns {
  private final Map<Setup, FutureTask<ClientRun>> runs = new LinkedHashMap<>();

  /**
   * Begins all in order, each as soon as there is a place.
   *
   * @param start makes a run and has it do its work
   */
  ClientRuns(List<Setup> setups, Function<Setup, ClientRun> start) {
    setups.forEach(setup -> runs.put(setup, new FutureTask<>(() -> run(setup, start))));
    Background.run(
        () ->
            runs.values()
                .forEach(
                    run -> {
                      Places.take();
                      Background.run(run);
                    }));
  }

  private static ClientRun run(Setup setup, Function<Setup, ClientRun> start) {
    TestName.part(setup.name());
    try {
      return start.apply(setup);
    } catch (Throwable t) {
      Places.give();
      throw t;
    }
  }

  /** Waits for a run to have done its work. To be closed by {@link #close}. */
  ClientRun await(Setup setup) {
    try {
      return runs.get(setup).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + setup.name(), e);
    } catch (ExecutionException e) {
      throw new AssertionError(setup.name() + ": " + e.getCause(), e.getCause());
    }
  }

  void close(ClientRun run) {
    run.close();
    Places.give();
  }
}
