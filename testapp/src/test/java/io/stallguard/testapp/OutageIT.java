package io.stallguard.testapp;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * An outage of a provider: all streams of all clients in one JVM go silent at the same moment, with
 * callbacks that block, throw and retry, and the JVM is short of something just then. All readers
 * and subscribers are released, and what was counted is exact.
 */
@Isolated("Hundreds of streams at once make a machine busy, and are timed.")
class OutageIT {
  /** Pools of clients keep some threads; what leaks, leaks with each stream. */
  private static final int TOLERATED_THREADS = Outage.STREAMS / 2;

  /**
   * A client that runs out of memory by itself may end a stream and tell nobody. That is its own
   * loss as long as nothing was decided: of what was decided nobody is lost.
   */
  private static final int TOLERATED_LOSSES = 2;

  @TestFactory
  Stream<DynamicTest> releasesAllReadersAndSubscribers() {
    return SideBySide.allOf(
        List.of(
            test("with all at hand", Shortage::none),
            dynamicTest("without threads to be had", OutageIT::withoutThreads),
            test("with a full heap", Shortage::ofHeap),
            test("with a standard error that nobody reads", Shortage::ofReadersOfErrors)));
  }

  private static DynamicTest test(String name, Supplier<Shortage> shortage) {
    return dynamicTest(name, () -> releasesAll(name, shortage.get()));
  }

  private static void withoutThreads() {
    LeftOut.unlessMachineHas(
        ThreadLimit.possible(), "a limit on threads takes a cgroup for pids, or prlimit");
    releasesAll("without threads to be had", Shortage.ofThreads());
  }

  private static void releasesAll(String name, Shortage shortage) {
    try (Outage outage = new Outage(shortage)) {
      Outage.Result result = outage.run();
      System.out.println("outage " + name + ": " + result.shown());

      SoftAssertions softly = new SoftAssertions();
      expectOurs(softly, outage, shortage);
      expectExactNumbers(softly, outage, shortage, result);
      if (!shortage.killsClients()) {
        softly.assertThat(outage.awaitEndAtServer()).as("open at the server").isEmpty();
      }
      softly.assertAll();
    }
  }

  /** What the app is told, by streams and by the requests that its callbacks made. */
  private static void expectOurs(SoftAssertions softly, Outage outage, Shortage shortage) {
    Map<String, Outcome> outcomes = outage.awaitOutcomes();
    if (!shortage.killsClients()) {
      softly.assertThat(outcomes.size()).as("jobs that ended").isEqualTo(Outage.STREAMS);
    }
    softly.assertThat(outcomes.values()).as("ends").noneMatch(Outcome::ended);
    List<String> retried = outage.awaitRetried();
    softly.assertThat(retried).as("retries").hasSize((int) outage.retries());
    softly.assertThat(retried).as("retries").allMatch(OutageIT::isOurs);
    if (shortage.isOursAlone()) {
      softly.assertThat(outcomes.values()).as("ends").allMatch(outcome -> isOurs(outcome.ending()));
    }
  }

  private static boolean isOurs(String ending) {
    return ending.contains("idle limit of 3 s exceeded");
  }

  private static void expectExactNumbers(
      SoftAssertions softly, Outage outage, Shortage shortage, Outage.Result result) {
    AgentState before = result.before();
    long streams = Outage.STREAMS + outage.others();
    AgentState after = outage.fleet().await(state -> isQuiet(state, result, shortage));

    softly.assertThat(after.guarded() - before.guarded()).as("guarded").isEqualTo(streams);
    long stalled = after.stalled() - before.stalled();
    long undecided = shortage.killsClients() ? streams - stalled : 0;
    softly
        .assertThat((long) outage.jobs().size() - result.releasedNanos().size())
        .as("not released: %s", Shown.missing(outage.jobs(), result.releasedNanos().keySet()))
        .isLessThanOrEqualTo(Math.min(undecided, TOLERATED_LOSSES));
    if (shortage.killsClients()) {
      // A client that dies of it brings its streams to an end of its own, which is no stall.
      softly
          .assertThat(stalled)
          .as("stalled")
          .isBetween(outage.endedByUs(OutageIT::isOurs), streams);
    } else {
      softly.assertThat(stalled).as("stalled").isEqualTo(streams);
    }
    softly.assertThat(after.endedAfterDone()).as("ended").isEqualTo(before.endedAfterDone());
    softly.assertThat(after.truncated()).as("truncated").isEqualTo(before.truncated());
    softly.assertThat(after.openStreams()).as("open streams").isZero();
    softly
        .assertThat(isQuiet(after, result, shortage))
        .as("%s after %s and in flight %s", after, before, result.inFlight())
        .isTrue();
    if (shortage.isOursAlone()) {
      softly.assertThat(after.failedAborts()).as("failed aborts").isZero();
      softly.assertThat(after.internalErrors()).as("internal errors").isZero();
    }
  }

  /** Guards and threads are back to the start; those of the app's readers are gone. */
  private static boolean isQuiet(AgentState state, Outage.Result result, Shortage shortage) {
    return state.openStreams() == 0
        && state.agentThreads() <= result.before().agentThreads() + 1
        && (shortage.killsClients() || appIsQuiet(state, result));
  }

  private static boolean appIsQuiet(AgentState state, Outage.Result result) {
    return state.otherThreads()
        <= result.inFlight().otherThreads() - Outage.STREAMS + TOLERATED_THREADS;
  }
}
